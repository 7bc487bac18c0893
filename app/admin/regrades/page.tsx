import { getLocale, getTranslations } from 'next-intl/server'
import { requireRole } from '@/lib/auth/viewer'
import { listRegrades } from '@/lib/learn/regrades'
import { listTopics } from '@/lib/learn/topics'
import { ClientMessages } from '../../_i18n/client-messages'
import { RegradeList } from '../../_regrades/regrade-list'
import { StartForm } from '../../_regrades/start-form'
import { orUnavailable } from '../../_session/or-unavailable'
import { AdminFrame } from '../_components/admin-frame'
import { adminMetadata } from '../_components/admin-metadata'

export const generateMetadata = () => adminMetadata('regrades')

export default function Regrades() {
  return orUnavailable(renderPage)
}

async function renderPage() {
  await requireRole('admin', '/admin/regrades')
  const t = await getTranslations('regrades')
  const locale = await getLocale()
  const exercises = (await listTopics()).flatMap((topic) => topic.exercises)
  return (
    <AdminFrame>
      <p className="mb-6 max-w-prose text-body text-ink-soft">{t('lead')}</p>
      <ClientMessages areas={['regrades', 'errors']}>
        <StartForm at="/admin" options={exercises.map(({ slug, title }) => ({ slug, title: title[locale] }))} />
      </ClientMessages>
      <RegradeList at="/admin" regrades={await listRegrades()} />
    </AdminFrame>
  )
}
