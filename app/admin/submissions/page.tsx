import { CircleCheck } from 'lucide-react'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { requireRole } from '@/lib/auth/viewer'
import { listGradedSubmissions } from '@/lib/learn/graded-submissions'
import { orUnavailable } from '../../_session/or-unavailable'
import { firstValue } from '../../_session/query'
import { EmptyState } from '../../_ui/empty-state'
import { LocalTime } from '../../_ui/local-time'
import { Rows, Table, Td, Th, Tr } from '../../_ui/table'
import { AdminFrame } from '../_components/admin-frame'
import { adminMetadata } from '../_components/admin-metadata'

const PAGE_SIZE = 50

export const generateMetadata = () => adminMetadata('submissions')

/** Submissions that could not be graded through no fault of their authors. */
export default async function FailedGradings({ searchParams }: PageProps<'/admin/submissions'>) {
  const query = await searchParams
  return orUnavailable(() => renderPage(firstValue(query.before)))
}

async function renderPage(before: string | undefined) {
  await requireRole('admin', '/admin/submissions')
  const t = await getTranslations('admin.failures')
  // One more than is shown tells whether there is a next page.
  const found = await listGradedSubmissions({ verdict: 'error', before, limit: PAGE_SIZE + 1 })
  const shown = found.slice(0, PAGE_SIZE)
  const last = shown.at(-1)
  return (
    <AdminFrame>
      <p className="mb-6 max-w-prose text-body text-ink-soft">{t('lead')}</p>
      {last ? (
        <Table
          label={t('title')}
          head={
            <>
              <Th className="w-full">{t('columns.exercise')}</Th>
              <Th className="min-w-40">{t('columns.author')}</Th>
              <Th className="min-w-24">{t('columns.gradings')}</Th>
              <Th right>{t('columns.submitted')}</Th>
            </>
          }
        >
          <Rows>
            {shown.map(({ id, exercise, author, gradings, submittedAt }) => (
              <Tr key={id} className="relative hover:bg-surface">
                <Td className="max-sm:col-span-2">
                  <Link
                    href={`/admin/submissions/${id}`}
                    prefetch={false}
                    className='text-body font-medium hover:text-accent after:absolute after:inset-0 after:content-[""]'
                  >
                    {exercise}
                  </Link>
                </Td>
                <Td>{author.name}</Td>
                <Td>{t('times', { count: gradings })}</Td>
                <Td right className="max-sm:col-span-2 max-sm:text-left">
                  <LocalTime at={submittedAt} className="text-small text-ink-soft" />
                </Td>
              </Tr>
            ))}
          </Rows>
        </Table>
      ) : (
        <EmptyState icon={<CircleCheck />} title={t('none')}>
          {t('noneText')}
        </EmptyState>
      )}
      <div className="mt-6 flex justify-between gap-4 text-ui">
        {before ? (
          <Link href="/admin/submissions" className="text-link">
            {t('newest')}
          </Link>
        ) : (
          <span />
        )}
        {found.length > PAGE_SIZE && last && (
          <Link href={`/admin/submissions?before=${last.id}`} className="text-link">
            {t('older')}
          </Link>
        )}
      </div>
    </AdminFrame>
  )
}
