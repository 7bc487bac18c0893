'use client'

import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import type { ClassBody } from '@/lib/contract/class'
import { ClassForm } from '../../../_components/class-form'

/** Changes name, term, time zone and grace days. */
export function GeneralForm({ classId, initial, zones }: { classId: string; initial: ClassBody; zones: string[] }) {
  const t = useTranslations('common')
  const router = useRouter()
  return (
    <ClassForm
      initial={initial}
      zones={zones}
      target={{ method: 'PUT', path: `/api/classes/${classId}` }}
      submitLabel={t('save')}
      onDone={() => router.refresh()}
    />
  )
}
