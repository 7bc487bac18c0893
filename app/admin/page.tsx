import { getTranslations } from 'next-intl/server'
import { requireRole } from '@/lib/auth/viewer'
import { health } from '@/lib/learn/health'
import { orUnavailable } from '../_session/or-unavailable'
import { RetryButton } from '../_shell/retry-button'
import { AdminFrame } from './_components/admin-frame'
import { adminMetadata } from './_components/admin-metadata'
import { HealthReport } from './_components/health-report'

export const generateMetadata = adminMetadata

export default function Admin() {
  return orUnavailable(async () => {
    await requireRole('admin', '/admin')
    const t = await getTranslations('admin.health')
    return (
      <AdminFrame>
        <HealthReport health={await health()} action={<RetryButton tone="secondary">{t('refresh')}</RetryButton>} />
      </AdminFrame>
    )
  })
}
