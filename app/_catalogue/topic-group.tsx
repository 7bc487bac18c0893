import { useLocale, useTranslations } from 'next-intl'
import Link from 'next/link'
import { ProgressBar } from '../_ui/progress-bar'
import type { CatalogueEntry, CatalogueTopic } from './entry'
import { ExerciseRow } from './exercise-row'

/** A topic with those of its exercises that are asked for. `all` are all of its exercises, for the count. */
export function TopicGroup({ topic, entries, all, signedIn }: {
  topic: CatalogueTopic
  entries: readonly CatalogueEntry[]
  all: readonly CatalogueEntry[]
  signedIn: boolean
}) {
  const t = useTranslations('home')
  const locale = useLocale()
  const passed = all.filter((entry) => entry.state === 'passed').length
  return (
    <section
      aria-labelledby={`topic-${topic.slug}`}
      className="grid gap-x-10 gap-y-3 border-t border-line py-7 lg:grid-cols-[20rem_1fr]"
    >
      <div>
        <h3 id={`topic-${topic.slug}`} className="flex items-baseline gap-3">
          <span aria-hidden className="w-6 shrink-0 font-mono text-small text-ink-faint figures">
            {String(topic.number).padStart(2, '0')}
          </span>
          <Link
            href={`/topics/${topic.slug}`}
            className="text-title font-semibold decoration-accent decoration-2 underline-offset-4 hover:underline"
          >
            {topic.title[locale]}
          </Link>
        </h3>
        <p className="mt-1.5 text-ui text-ink-soft lg:pl-9">{topic.summary[locale]}</p>
        {signedIn && (
          <div className="mt-3 flex items-center gap-3 lg:pl-9">
            <ProgressBar
              value={passed}
              of={all.length}
              label={t('topicProgress', { topic: topic.title[locale] })}
              className="w-28"
            />
            <span className="text-small text-ink-soft figures">{t('passedOf', { passed, total: all.length })}</span>
          </div>
        )}
      </div>
      <ul>
        {entries.map((entry) => (
          <li key={entry.slug}>
            <ExerciseRow {...entry} title={entry.title[locale]} state={signedIn ? entry.state : null} />
          </li>
        ))}
      </ul>
    </section>
  )
}
