import { MessageSquare } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import Link from 'next/link'
import type { CellSubmission } from '@/lib/contract/marking'
import { ClassTime } from '../../../../../../_ui/class-time'
import { formatMark } from '../../../../../../_marking/format-mark'
import { cx } from '../../../../../../_ui/cx'
import { StandingBadge } from './standing-badge'

/** All submissions of the cell, the latest first, each with its score, its time and why it counts or does not. */
export function SubmissionList({ submissions, zone, shown, attemptLimit, hrefOf }: {
  submissions: CellSubmission[]
  /** Time zone of the class. */
  zone: string
  /** Id of the one whose code is shown. */
  shown: string | null
  attemptLimit: number | null
  hrefOf: (id: string) => string
}) {
  return (
    <ol className="flex flex-col divide-y divide-line rounded-md border border-line bg-surface">
      {submissions.map((submission) => (
        <Entry
          key={submission.id} submission={submission} zone={zone} shown={submission.id === shown}
          attemptLimit={attemptLimit} href={hrefOf(submission.id)}
        />
      ))}
    </ol>
  )
}

function Entry({ submission, zone, shown, attemptLimit, href }: {
  submission: CellSubmission
  zone: string
  shown: boolean
  attemptLimit: number | null
  href: string
}) {
  const t = useTranslations('gradebook.work')
  const locale = useLocale()
  const { score, maxScore, mark, percent, standing, lateDays, number, comments, regraded } = submission
  const details = [
    ...(number === null ? [] : [t('attempt', { number })]),
    t('lateDays', { days: lateDays }),
    ...(percent === null || percent === 100 ? [] : [t('credit', { percent })]),
    ...(regraded ? [t('regraded')] : []),
  ]
  return (
    <li className={cx('relative px-4 py-3 text-ui hover:bg-sunken', shown && 'bg-accent-soft hover:bg-accent-soft')}>
      <div className="flex flex-wrap items-center justify-between gap-x-3 gap-y-1">
        <Link
          href={href}
          prefetch={false}
          scroll={false}
          aria-current={shown ? 'true' : undefined}
          className='font-medium hover:text-accent after:absolute after:inset-0 after:content-[""]'
        >
          <ClassTime at={submission.submittedAt} zone={zone} />
        </Link>
        <StandingBadge standing={standing} limit={attemptLimit} />
      </div>
      <div className="mt-1 flex flex-wrap items-baseline justify-between gap-x-3 text-small text-ink-soft">
        <span className="figures">{details.join(' · ')}</span>
        <span className="flex items-center gap-3 figures">
          {comments > 0 && (
            <span className="inline-flex items-center gap-1">
              <MessageSquare aria-hidden className="size-3.5" />
              {t('comments', { count: comments })}
            </span>
          )}
          {score !== null && maxScore !== null && standing !== 'error' && (
            <span>
              {t('columns.score')} {score} / {maxScore}
            </span>
          )}
          {mark !== null && (
            <span className="font-medium text-ink">
              {t('columns.mark')} {formatMark(mark, locale)}
            </span>
          )}
        </span>
      </div>
    </li>
  )
}
