import { CircleCheck, CirclePause, ListChecks, LoaderCircle } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { RegradeState } from '@/lib/contract/regrade'
import { Badge } from '../_ui/badge'

const LOOKS = {
  running: { Icon: LoaderCircle, tone: 'accent' },
  stopped: { Icon: CirclePause, tone: 'warn' },
  graded: { Icon: ListChecks, tone: 'neutral' },
  applied: { Icon: CircleCheck, tone: 'good' },
} as const

/** How far a regrade has come. */
export function StateBadge({ state }: { state: RegradeState }) {
  const t = useTranslations('regrades.state')
  const { Icon, tone } = LOOKS[state]
  return (
    <Badge tone={tone}>
      <Icon aria-hidden />
      {t(state)}
    </Badge>
  )
}
