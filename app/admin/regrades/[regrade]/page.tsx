import { notFound } from 'next/navigation'
import { requireRole } from '@/lib/auth/viewer'
import { findRegrade } from '@/lib/learn/regrades'
import { RegradeReport } from '../../../_regrades/regrade-report'
import { orUnavailable } from '../../../_session/or-unavailable'
import { AdminFrame } from '../../_components/admin-frame'
import { adminMetadata } from '../../_components/admin-metadata'

export const generateMetadata = () => adminMetadata('regrades')

export default async function Regrade({ params }: PageProps<'/admin/regrades/[regrade]'>) {
  const { regrade } = await params
  return orUnavailable(() => renderPage(regrade))
}

async function renderPage(id: string) {
  await requireRole('admin', `/admin/regrades/${id}`)
  return (
    <AdminFrame>
      <RegradeReport at="/admin" regrade={(await findRegrade(id)) ?? notFound()} />
    </AdminFrame>
  )
}
