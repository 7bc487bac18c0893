import { getLocale, getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { requireRole } from '@/lib/auth/viewer'
import { findRegrade } from '@/lib/learn/regrades'
import { findExercise } from '@/lib/learn/topics'
import { ClientMessages } from '../../../_i18n/client-messages'
import { orUnavailable } from '../../../_session/or-unavailable'
import { LocalTime } from '../../../_ui/local-time'
import { ProgressBar } from '../../../_ui/progress-bar'
import { AdminFrame } from '../../_components/admin-frame'
import { adminMetadata } from '../../_components/admin-metadata'
import { StateBadge } from '../_components/state-badge'
import { ChangeTable } from './_components/change-table'
import { RegradeActions } from './_components/regrade-actions'
import { RegradeLog } from './_components/regrade-log'
import { RefreshWhile } from './_components/refresh-while'

export const generateMetadata = () => adminMetadata('regrades')

export default async function Regrade({ params }: PageProps<'/admin/regrades/[regrade]'>) {
  const { regrade } = await params
  return orUnavailable(() => renderPage(regrade))
}

async function renderPage(id: string) {
  await requireRole('admin', `/admin/regrades/${id}`)
  const regrade = (await findRegrade(id)) ?? notFound()
  const t = await getTranslations('admin.regrades')
  const exercise = await findExercise(regrade.exercise)
  const { submissions, gains, losses, state } = regrade
  const progress = t('gradedOf', submissions)
  return (
    <AdminFrame>
      <p className="mb-2 text-ui">
        <Link href="/admin/regrades" className="text-link">
          {t('title')}
        </Link>
        <span aria-hidden> / </span>
        <LocalTime at={regrade.startedAt} />
      </p>
      <h2 className="mb-5 flex flex-wrap items-center gap-3 text-title font-semibold">
        {exercise?.title[await getLocale()] ?? regrade.exercise}
        <StateBadge state={state} />
      </h2>
      <div role="status" className="mb-6 flex flex-col gap-2 text-ui">
        <div className="flex flex-wrap items-center gap-3">
          <ProgressBar className="w-40" value={submissions.graded} of={submissions.total} label={progress} />
          <span className="figures">{progress}</span>
          {submissions.failed > 0 && <span className="text-warn">{t('failed', { count: submissions.failed })}</span>}
        </div>
        <p className="text-body">{t(state === 'applied' ? 'effectLeft' : 'effect', { gains, losses })}</p>
      </div>
      <ClientMessages areas={['admin', 'errors']}>
        <RegradeActions id={id} state={state} losses={losses} />
        <RefreshWhile running={state === 'running'} />
      </ClientMessages>
      {regrade.changes.length > 0 && <ChangeTable changes={regrade.changes} hidden={gains + losses - regrade.changes.length} />}
      <RegradeLog log={regrade.log} />
    </AdminFrame>
  )
}
