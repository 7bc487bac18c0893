import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { requireRole } from '@/lib/auth/viewer'
import { findGradedSubmission } from '@/lib/learn/graded-submissions'
import { orUnavailable } from '../../../_session/or-unavailable'
import { LocalTime } from '../../../_ui/local-time'
import { Code } from '../../../_ui/markdown/code'
import { AdminFrame } from '../../_components/admin-frame'
import { adminMetadata } from '../../_components/admin-metadata'

export const generateMetadata = () => adminMetadata('submissions')

/** One submission of anybody, for finding out why it could not be graded. */
export default async function GradedSubmission({ params }: PageProps<'/admin/submissions/[submission]'>) {
  const { submission } = await params
  return orUnavailable(() => renderPage(submission))
}

async function renderPage(id: string) {
  await requireRole('admin', `/admin/submissions/${id}`)
  const submission = (await findGradedSubmission(id)) ?? notFound()
  const t = await getTranslations('admin.failures')
  const verdicts = await getTranslations('submissions.verdict')
  const { exercise, author, submittedAt, gradings, verdict, reason, exerciseVersion } = submission
  const facts = [
    [t('columns.author'), author.name],
    [t('columns.submitted'), <LocalTime key="at" at={submittedAt} />],
    [t('columns.verdict'), verdicts(verdict)],
    [t('columns.reason'), reason ?? '–'],
    [t('columns.gradings'), t('times', { count: gradings })],
    [t('columns.version'), exerciseVersion],
    [t('columns.id'), id],
  ] as const
  return (
    <AdminFrame>
      <p className="mb-2 text-ui">
        <Link href="/admin/submissions" className="text-link">
          {t('title')}
        </Link>
      </p>
      <h2 className="mb-5 text-title font-semibold">
        <Link href={`/exercises/${exercise}`} className="hover:text-accent">
          {exercise}
        </Link>
      </h2>
      <dl className="mb-8 grid grid-cols-[auto_minmax(0,1fr)] gap-x-6 gap-y-1.5 text-ui">
        {facts.map(([name, value]) => (
          <div key={name} className="contents">
            <dt className="text-ink-soft">{name}</dt>
            <dd className="wrap-anywhere figures">{value}</dd>
          </div>
        ))}
      </dl>
      <Code source={submission.source} numbered />
    </AdminFrame>
  )
}
