import { useTranslations } from 'next-intl'
import Link from 'next/link'
import type { SubmissionView } from '@/lib/contract/submission'
import { LocalTime } from '../../_ui/local-time'
import { Table, Td, Th } from '../../_ui/table'
import { VerdictBadge } from '../../_verdict/verdict-badge'

/** Submissions as lines; the title leads to the one submission. */
export function SubmissionTable({ submissions, titles }: {
  submissions: SubmissionView[]
  titles: ReadonlyMap<string, string>
}) {
  const t = useTranslations('submissions')
  return (
    <Table label={t('title')}>
      <thead>
        <tr>
          <Th>{t('columns.exercise')}</Th>
          <Th>{t('columns.verdict')}</Th>
          <Th right>{t('columns.score')}</Th>
          <Th right>{t('columns.submitted')}</Th>
        </tr>
      </thead>
      <tbody>
        {submissions.map((submission) => (
          <tr key={submission.id} className="relative hover:bg-surface">
            <Td>
              <Link
                href={`/submissions/${submission.id}`}
                prefetch={false}
                className='text-body font-medium hover:text-accent after:absolute after:inset-0 after:content-[""]'
              >
                {titles.get(submission.exercise) ?? submission.exercise}
              </Link>
            </Td>
            <Td>
              <VerdictBadge submission={submission} />
            </Td>
            <Td right>
              {submission.verdict && submission.verdict.verdict !== 'error' ? (
                <span className="figures">
                  {submission.verdict.score}
                  <span className="text-ink-soft"> / {submission.verdict.maxScore}</span>
                </span>
              ) : (
                <span className="text-ink-faint">–</span>
              )}
            </Td>
            <Td right>
              <LocalTime at={submission.submittedAt} className="text-small text-ink-soft" />
            </Td>
          </tr>
        ))}
      </tbody>
    </Table>
  )
}
