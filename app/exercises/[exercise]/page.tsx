import './workspace.css'
import type { Metadata } from 'next'
import { getLocale, getTranslations } from 'next-intl/server'
import { cookies, headers } from 'next/headers'
import { notFound } from 'next/navigation'
import { cache } from 'react'
import { readAssetManifest } from '@/lib/runner/manifest'
import { findEditorial, findExercise, heldEditorial } from '@/lib/learn/topics'
import { ClientMessages } from '../../_i18n/client-messages'
import { firstValue } from '../../_session/query'
import { lookUpViewer } from '../../_session/viewer'
import { SolutionsLink } from '../../_solutions/solutions-link'
import { Markdown } from '../../_ui/markdown/markdown'
import { GradedGroups } from './_components/graded-groups'
import { HeldEditorial } from './_components/held-editorial'
import { SetBar } from './_components/set-bar'
import { TestSource } from './_components/test-source'
import { Workspace } from './_components/workspace'
import { findOwnWork } from './_state/own-work'
import { PANES_COOKIE, parsePaneSizes } from './_state/pane-sizes'

const getExercise = cache(async (slug: string) => (await findExercise(slug)) ?? notFound())

export async function generateMetadata({ params }: PageProps<'/exercises/[exercise]'>): Promise<Metadata> {
  const exercise = await getExercise((await params).exercise)
  return { title: exercise.title[await getLocale()] }
}

export default async function Exercise({ params, searchParams }: PageProps<'/exercises/[exercise]'>) {
  const exercise = await getExercise((await params).exercise)
  const locale = await getLocale()
  const t = await getTranslations('workspace')
  const { viewer, reachable } = await lookUpViewer()
  const { draft, submissions } = await findOwnWork(viewer, exercise.slug, locale)
  const editorial = viewer && submissions ? await findEditorial(viewer.id, exercise.slug) : null
  const held = viewer && submissions && !editorial ? await heldEditorial(viewer.id, exercise.slug) : null
  const { slug, topic, title, topicTitle, difficulty, starter, visibleTests, exports, groups, limits, next } = exercise
  const setId = firstValue((await searchParams).set)
  return (
    <ClientMessages areas={['workspace', 'submissions', 'errors']}>
      {viewer && setId && <SetBar viewer={viewer} setId={setId} exercise={slug} />}
      <Workspace
        key={slug}
        exercise={{
          slug, topic, title, topicTitle, difficulty, starter, visibleTests, exports, groups, limits, next,
        }}
        viewerId={viewer?.id ?? null}
        draft={reachable ? draft : 'unknown'}
        submissions={reachable ? submissions : null}
        assets={await readAssetManifest()}
        panes={parsePaneSizes((await cookies()).get(PANES_COOKIE)?.value)}
        narrowGuess={isPhone(await headers())}
        submitAfterSignIn={firstValue((await searchParams).submit) === '1'}
        texts={{
          prompt: (
            <>
              <p className="mb-4 flex flex-wrap gap-x-4 text-small text-ink-soft figures">
                <span>{t('minutes', { minutes: exercise.minutes })}</span>
                <span>{(await getTranslations('common'))('points', { points: exercise.points })}</span>
              </p>
              <Markdown text={exercise.prompt[locale]} />
            </>
          ),
          tests: (
            <>
              <GradedGroups groups={groups} limits={limits} />
              <TestSource source={visibleTests} />
            </>
          ),
          hints: exercise.hints[locale].map((hint) => ({ title: hint.title, body: <Markdown text={hint.body} /> })),
          editorial: editorial ? (
            <>
              <Markdown text={editorial[locale]} />
              <SolutionsLink exercise={slug} />
            </>
          ) : held && <HeldEditorial until={held.until} />,
        }}
      />
    </ClientMessages>
  )
}

/** A guess that the page corrects once it runs; browsers that send no hint say it in their name. */
function isPhone(request: Headers): boolean {
  const hint = request.get('sec-ch-ua-mobile')
  return hint === null ? /\bMobi/.test(request.get('user-agent') ?? '') : hint === '?1'
}
