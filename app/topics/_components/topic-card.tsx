import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { ProgressBar } from '../../_ui/progress-bar'

/** One topic of the shelf. `passed` is null for visitors, who have no progress. */
export function TopicCard({ slug, number, title, summary, total, passed }: {
  slug: string
  number: number
  title: string
  summary: string
  total: number
  passed: number | null
}) {
  const t = useTranslations('topics')
  return (
    <div className="group relative flex h-full gap-4 py-6">
      <span aria-hidden className="w-7 shrink-0 pt-1 font-mono text-ui text-ink-faint figures">
        {String(number).padStart(2, '0')}
      </span>
      <div className="flex min-w-0 flex-1 flex-col">
        <h2 className="text-title font-semibold">
          <Link
            href={`/topics/${slug}`}
            className={
              'decoration-accent decoration-2 underline-offset-4 group-hover:underline ' +
              'after:absolute after:inset-0 after:content-[""]'
            }
          >
            {title}
          </Link>
        </h2>
        <p className="mt-1.5 text-ui text-ink-soft">{summary}</p>
        <p className="mt-auto flex items-center gap-3 pt-3 text-small text-ink-soft figures">
          {passed === null ? (
            t('exercises', { count: total })
          ) : (
            <>
              <ProgressBar value={passed} of={total} label={t('progress', { topic: title })} className="w-24" />
              {t('passedOf', { passed, total })}
            </>
          )}
        </p>
      </div>
    </div>
  )
}
