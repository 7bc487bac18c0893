import { useLocale, useTranslations } from 'next-intl'
import Link from 'next/link'
import { memo } from 'react'
import { ProgressBar } from '../_ui/progress-bar'
import type { CatalogueEntry, CatalogueTopic } from './entry'
import { ExerciseRow } from './exercise-row'

/**
 * A topic with its exercises. With `shown` only those; the others stay where they are and are hidden, so that filters
 * answer at once however many exercises there are.
 */
export const TopicGroup = memo(function TopicGroup({ topic, entries, shown, signedIn }: {
  topic: CatalogueTopic
  entries: readonly CatalogueEntry[]
  shown?: ReadonlySet<string>
  signedIn: boolean
}) {
  const t = useTranslations('catalogue')
  const locale = useLocale()
  const passed = entries.filter((entry) => entry.state === 'passed').length
  return (
    <section
      hidden={shown && !entries.some(({ slug }) => shown.has(slug))}
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
              of={entries.length}
              label={t('topicProgress', { topic: topic.title[locale] })}
              className="w-28"
            />
            <span className="text-small text-ink-soft figures">{t('passedOf', { passed, total: entries.length })}</span>
          </div>
        )}
      </div>
      <ul>
        {entries.map((entry) => (
          <li key={entry.slug} hidden={shown && !shown.has(entry.slug)}>
            <ExerciseRow {...entry} title={entry.title[locale]} state={signedIn ? entry.state : null} />
          </li>
        ))}
      </ul>
    </section>
  )
})
