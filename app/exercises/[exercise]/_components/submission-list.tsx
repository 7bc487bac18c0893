'use client'

import { useTranslations } from 'next-intl'
import Link from 'next/link'
import type { ListedSubmission, SubmissionView } from '@/lib/contract/submission'
import { RetryButton } from '../../../_shell/retry-button'
import { Button, LinkButton } from '../../../_ui/button'
import { EmptyState } from '../../../_ui/empty-state'
import { LocalTime } from '../../../_ui/local-time'
import { RegradedBadge } from '../../../_verdict/regraded-badge'
import { VerdictBadge } from '../../../_verdict/verdict-badge'

/** The reader's submissions of this exercise, latest first. `null`: they cannot be read at the moment. */
export function SubmissionList({ submissions, signIn, onShow, onRestore }: {
  submissions: readonly ListedSubmission[] | null
  /** Address of the sign-in page when nobody is signed in. */
  signIn: string | null
  onShow: (submission: SubmissionView) => void
  onRestore: (submission: SubmissionView) => void
}) {
  const t = useTranslations('workspace.submissions')
  const common = useTranslations('common')
  if (signIn !== null) {
    return (
      <EmptyState title={t('signedOut')} action={<LinkButton href={signIn}>{common('nav.signIn')}</LinkButton>}>
        {t('signedOutText')}
      </EmptyState>
    )
  }
  if (submissions === null) {
    return (
      <EmptyState title={t('unreachable')} action={<RetryButton tone="secondary">{common('retry')}</RetryButton>}>
        {t('unreachableText')}
      </EmptyState>
    )
  }
  if (submissions.length === 0) return <EmptyState title={t('none')}>{t('noneText')}</EmptyState>
  return (
    <ol className="divide-y divide-line border-y border-line">
      {submissions.map((submission) => (
        <li key={submission.id} className="flex items-center justify-between gap-3 py-2.5">
          <span className="flex min-w-0 flex-col gap-1">
            <span className="flex flex-wrap items-center gap-x-3 gap-y-1 text-ui">
              <VerdictBadge submission={submission} />
              {submission.verdict && submission.verdict.verdict !== 'error' && (
                <span className="figures">
                  {common('score', { score: submission.verdict.score, max: submission.verdict.maxScore })}
                </span>
              )}
              {submission.regraded && (
                <Link href={`/submissions/${submission.id}`} prefetch={false} className="hover:text-accent">
                  <RegradedBadge />
                </Link>
              )}
            </span>
            <LocalTime at={submission.submittedAt} className="text-small text-ink-soft" />
          </span>
          <span className="flex shrink-0 flex-wrap justify-end">
            <Button size="small" tone="quiet" onClick={() => onShow(submission)}>
              {t('show')}
            </Button>
            <Button size="small" tone="quiet" onClick={() => onRestore(submission)}>
              {t('restore')}
            </Button>
          </span>
        </li>
      ))}
    </ol>
  )
}
