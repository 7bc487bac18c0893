import { CircleDashed, Clock, Lock, LockOpen } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { SetView } from '@/lib/contract/problem-set'
import { Badge } from '../../../../_ui/badge'

const LOOKS = {
  draft: { Icon: CircleDashed, tone: 'neutral' },
  upcoming: { Icon: Clock, tone: 'neutral' },
  open: { Icon: LockOpen, tone: 'accent' },
  late: { Icon: LockOpen, tone: 'accent' },
  closed: { Icon: Lock, tone: 'neutral' },
} as const

/** What a set is for everybody without exceptions at this moment; in an archived class, all are closed. */
export function SetState({ set, now, archived }: {
  set: Pick<SetView, 'publishedAt' | 'opensAt' | 'dueAt' | 'closesAt'>
  now: number
  archived: boolean
}) {
  const t = useTranslations('sets.state')
  const state = archived && set.publishedAt !== null ? 'closed' : stateOf(set, now)
  const { Icon, tone } = LOOKS[state]
  return (
    <Badge tone={tone}>
      <Icon aria-hidden />
      {t(state)}
    </Badge>
  )
}

function stateOf({ publishedAt, opensAt, dueAt, closesAt }: Parameters<typeof SetState>[0]['set'], now: number) {
  if (publishedAt === null) return 'draft'
  if (now < Date.parse(opensAt)) return 'upcoming'
  if (now > Date.parse(closesAt)) return 'closed'
  return now > Date.parse(dueAt) ? 'late' : 'open'
}
