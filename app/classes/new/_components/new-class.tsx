'use client'

import { useTimeZone, useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { ClassView } from '@/lib/contract/class'
import { LinkButton } from '../../../_ui/button'
import { ClassForm } from '../../_components/class-form'

/** Makes a class and goes to it. The reader's own time zone is proposed. */
export function NewClass({ zones }: { zones: string[] }) {
  const t = useTranslations('classes.form')
  const router = useRouter()
  const timeZone = useTimeZone() ?? 'UTC'
  return (
    <ClassForm
      initial={{ name: '', term: '', timeZone, graceDays: 0 }}
      zones={zones}
      target={{ method: 'POST', path: '/api/classes' }}
      submitLabel={t('create')}
      cancel={<LinkButton href="/classes">{t('cancel')}</LinkButton>}
      onDone={(data) => router.push(`/classes/${ClassView.parse(data).id}/people`)}
    />
  )
}
