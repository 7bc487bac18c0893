import { getTranslations } from 'next-intl/server'
import { requireRole } from '@/lib/auth/viewer'
import { listContentProblems } from '@/lib/learn/catalogue'
import { health } from '@/lib/learn/health'
import { orUnavailable } from '../_session/or-unavailable'
import { RetryButton } from '../_shell/retry-button'
import { AdminFrame } from './_components/admin-frame'
import { adminMetadata } from './_components/admin-metadata'
import { HealthReport } from './_components/health-report'

export const generateMetadata = () => adminMetadata('health')

export default function Admin() {
  return orUnavailable(async () => {
    await requireRole('admin', '/admin')
    const t = await getTranslations('admin.health')
    return (
      <AdminFrame>
        <HealthReport
          health={await health()}
          problems={await listContentProblems()}
          action={<RetryButton tone="secondary">{t('refresh')}</RetryButton>}
        />
      </AdminFrame>
    )
  })
}
