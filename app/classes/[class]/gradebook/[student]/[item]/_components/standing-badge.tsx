import { Check, CircleSlash, Clock, Hourglass, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { SubmissionStanding } from '@/lib/contract/marking'
import { Badge, type Tone } from '../../../../../../_ui/badge'

const LOOKS: Record<SubmissionStanding, { Icon: typeof Check; tone: Tone }> = {
  counts: { Icon: Check, tone: 'good' },
  less: { Icon: CircleSlash, tone: 'neutral' },
  late: { Icon: Clock, tone: 'neutral' },
  'no-days': { Icon: Clock, tone: 'neutral' },
  'over-limit': { Icon: CircleSlash, tone: 'neutral' },
  error: { Icon: TriangleAlert, tone: 'warn' },
  waiting: { Icon: Hourglass, tone: 'neutral' },
}

/** Whether a submission counts, or in short why not; the whole reason stands in the tooltip. */
export function StandingBadge({ standing, limit }: { standing: SubmissionStanding; limit: number | null }) {
  const t = useTranslations('gradebook.work')
  const { Icon, tone } = LOOKS[standing]
  return (
    <span title={t(`why.${standing}`, { limit: limit ?? 0 })}>
      <Badge tone={tone}>
        <Icon aria-hidden />
        {t(`standing.${standing}`)}
      </Badge>
    </span>
  )
}
