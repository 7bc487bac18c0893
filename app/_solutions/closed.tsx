import { Lock } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { SolutionAccess } from '@/lib/learn/solutions/access'
import { LinkButton } from '../_ui/button'
import { EmptyState } from '../_ui/empty-state'
import { LocalTime } from '../_ui/local-time'

/** In the place of what others share, for whoever may not see it yet: why, and what to do. */
export function Closed({ access, exercise }: { access: Exclude<SolutionAccess, { state: 'open' }>; exercise: string }) {
  const t = useTranslations('solutions')
  if (access.state === 'locked') {
    return (
      <EmptyState
        icon={<Lock />}
        title={t('locked.title')}
        action={<LinkButton href={`/exercises/${exercise}`} tone="primary">{t('locked.action')}</LinkButton>}
      >
        {t('locked.text')}
      </EmptyState>
    )
  }
  const { until } = access
  return (
    <EmptyState icon={<Lock />} title={t('held.title')}>
      {until ? t.rich('held.text', { time: () => <LocalTime at={until.toISOString()} /> }) : t('held.forNow')}
    </EmptyState>
  )
}
