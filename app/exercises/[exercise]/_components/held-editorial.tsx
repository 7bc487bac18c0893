import { Lock } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { EmptyState } from '../../../_ui/empty-state'
import { LocalTime } from '../../../_ui/local-time'

/**
 * In the place of an editorial that was earned, while a problem set with the exercise has not closed.
 * @param until null where that is not to be told
 */
export function HeldEditorial({ until }: { until: Date | null }) {
  const t = useTranslations('workspace.editorial')
  return (
    <EmptyState icon={<Lock />} title={t('held')}>
      {until ? t.rich('heldText', { time: () => <LocalTime at={until.toISOString()} /> }) : t('heldForNow')}
    </EmptyState>
  )
}
