'use client'

import { useTranslations } from 'next-intl'
import { useReaderZone } from '../../../../_ui/use-reader-zone'

/** Says in which time zone the times of the page are: the reader's own, as LocalTime writes them. */
export function OwnZone() {
  const t = useTranslations('sets.own')
  const zone = useReaderZone()
  return <p suppressHydrationWarning>{t('zone', { zone })}</p>
}
