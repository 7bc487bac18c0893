import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { requireRole } from '@/lib/auth/viewer'
import { ClientMessages } from '../../_i18n/client-messages'
import { orUnavailable } from '../../_session/or-unavailable'
import { Page, PageHeader } from '../../_ui/page'
import { listTimeZones } from '../../_time-zone/time-zones'
import { NewClass } from './_components/new-class'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('classes.form')
  return { title: t('title'), robots: { index: false } }
}

export default function NewClassPage() {
  return orUnavailable(async () => {
    await requireRole('instructor', '/classes/new')
    const t = await getTranslations('classes.form')
    return (
      <Page>
        <PageHeader title={t('title')} lead={t('lead')} />
        <div className="max-w-md">
          <ClientMessages areas={['classes', 'errors']}>
            <NewClass zones={listTimeZones()} />
          </ClientMessages>
        </div>
      </Page>
    )
  })
}
