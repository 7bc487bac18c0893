import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { ExerciseRow } from '../../_catalogue/exercise-row'
import { findTopic, listTopics } from '@/lib/learn/topics'
import { findOwnProgress } from '../../_session/progress'
import { lookUpViewer } from '../../_session/viewer'
import { headingsOf } from '../../_ui/markdown/headings'
import { Markdown } from '../../_ui/markdown/markdown'
import { Page } from '../../_ui/page'
import { ProgressBar } from '../../_ui/progress-bar'
import { Contents } from './_components/contents'
import { ExerciseCard } from './_components/exercise-card'
import { Neighbours } from './_components/neighbours'

const getTopic = cache(async (slug: string) => (await findTopic(slug)) ?? notFound())

export async function generateMetadata({ params }: PageProps<'/topics/[topic]'>): Promise<Metadata> {
  const topic = await getTopic((await params).topic)
  const locale = await getLocale()
  return { title: topic.title[locale], description: topic.summary[locale] }
}

export default async function Topic({ params }: PageProps<'/topics/[topic]'>) {
  const topic = await getTopic((await params).topic)
  const t = await getTranslations('topics')
  const locale = await getLocale()
  const topics = await listTopics()
  const progress = await findOwnProgress()
  const { viewer } = await lookUpViewer()

  const index = topics.findIndex((each) => each.slug === topic.slug)
  const total = topic.exercises.length
  const passed = topic.exercises.filter(({ slug }) => progress.get(slug)?.state === 'passed').length
  const headings = headingsOf(topic.note[locale]).filter(({ depth }) => depth === 2)
  const stateOf = (slug: string) => progress.get(slug)?.state ?? 'untouched'

  return (
    <Page className="grid grid-cols-[minmax(0,1fr)] gap-x-16 lg:grid-cols-[14rem_minmax(0,1fr)]">
      <Contents title={t('contents')} headings={headings} />
      <article className="max-w-wide min-w-0 pt-10 lg:col-start-2">
        <header>
          <p className="text-small text-ink-soft figures">{t('number', { number: index + 1 })}</p>
          <h1 className="mt-2 text-display font-[640] text-balance">{topic.title[locale]}</h1>
          <p className="mt-3 text-body text-ink-soft">{topic.summary[locale]}</p>
          <p className="mt-5 flex items-center gap-3 border-b border-line pb-6 text-small text-ink-soft figures">
            {viewer ? (
              <>
                <ProgressBar
                  value={passed}
                  of={total}
                  label={t('progress', { topic: topic.title[locale] })}
                  className="w-32"
                />
                {t('passedOf', { passed, total })}
              </>
            ) : (
              t('exercises', { count: total })
            )}
          </p>
        </header>
        <Markdown
          className="mt-8"
          text={topic.note[locale]}
          figures={topic.figures}
          exercise={(slug) => {
            const exercise = topics.flatMap((each) => each.exercises).find((each) => each.slug === slug)
            return exercise && <ExerciseCard exercise={exercise} state={stateOf(slug)} locale={locale} />
          }}
        />
        {total > 0 && (
          <section aria-labelledby="exercises" className="mt-14 border-t border-line pt-8">
            <h2 id="exercises" className="mb-3 text-title font-semibold">
              {t('exercisesOf')}
            </h2>
            <ul>
              {topic.exercises.map((exercise) => (
                <li key={exercise.slug}>
                  <ExerciseRow
                    {...exercise}
                    title={exercise.title[locale]}
                    state={viewer && stateOf(exercise.slug)}
                  />
                </li>
              ))}
            </ul>
          </section>
        )}
        <Neighbours
          previous={topics[index - 1] ?? null}
          next={topics[index + 1] ?? null}
          locale={locale}
        />
      </article>
    </Page>
  )
}
