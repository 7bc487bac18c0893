import { CircleCheck, CircleX, Hourglass, TriangleAlert } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { SubmissionView } from '@/lib/contract/submission'
import { Badge } from '../_ui/badge'

const LOOKS = {
  passed: { Icon: CircleCheck, tone: 'good' },
  failed: { Icon: CircleX, tone: 'bad' },
  error: { Icon: TriangleAlert, tone: 'warn' },
} as const

/** The outcome of a submission, or where it is on the way to one. */
export function VerdictBadge({ submission }: { submission: Pick<SubmissionView, 'state' | 'verdict'> }) {
  const t = useTranslations('submissions')
  const { verdict, state } = submission
  if (!verdict) {
    return (
      <Badge>
        <Hourglass aria-hidden />
        {t(state === 'queued' ? 'state.queued' : 'state.grading')}
      </Badge>
    )
  }
  const { Icon, tone } = LOOKS[verdict.verdict]
  return (
    <Badge tone={tone}>
      <Icon aria-hidden />
      {t(`verdict.${verdict.verdict}`)}
    </Badge>
  )
}
