import { useTranslations } from 'next-intl'
import Link from 'next/link'
import type { ListedSubmission } from '@/lib/contract/submission'
import { LocalTime } from '../../_ui/local-time'
import { Rows, Table, Td, Th, Tr } from '../../_ui/table'
import { RegradedBadge } from '../../_verdict/regraded-badge'
import { Score } from '../../_verdict/score'
import { VerdictBadge } from '../../_verdict/verdict-badge'

/** Submissions as lines; the title leads to the one submission. */
export function SubmissionTable({ submissions, titles }: {
  submissions: ListedSubmission[]
  titles: ReadonlyMap<string, string>
}) {
  const t = useTranslations('submissions')
  return (
    <Table
      label={t('title')}
      head={
        <>
          <Th className="w-full">{t('columns.exercise')}</Th>
          <Th className="min-w-36">{t('columns.verdict')}</Th>
          <Th className="min-w-44">{t('columns.score')}</Th>
          <Th right>{t('columns.submitted')}</Th>
        </>
      }
    >
      <Rows>
        {submissions.map((submission) => (
          <Tr key={submission.id} className="relative hover:bg-surface">
            <Td className="max-sm:col-span-2">
              <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
                <Link
                  href={`/submissions/${submission.id}`}
                  prefetch={false}
                  className='text-body font-medium hover:text-accent after:absolute after:inset-0 after:content-[""]'
                >
                  {titles.get(submission.exercise) ?? submission.exercise}
                </Link>
                {submission.regraded && <RegradedBadge />}
              </span>
            </Td>
            <Td>
              <VerdictBadge submission={submission} />
            </Td>
            <Td>
              <Score verdict={submission.verdict} />
            </Td>
            <Td right className="max-sm:col-span-2 max-sm:text-left">
              <LocalTime at={submission.submittedAt} className="text-small text-ink-soft" />
            </Td>
          </Tr>
        ))}
      </Rows>
    </Table>
  )
}
