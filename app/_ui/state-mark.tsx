import { CircleCheck, CircleDashed, CircleDot } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ProgressView } from '@/lib/contract/submission'
import { cx } from './cx'

export type ExerciseState = ProgressView['state']

const LOOKS = {
  untouched: { Icon: CircleDashed, colour: 'text-ink-faint' },
  tried: { Icon: CircleDot, colour: 'text-warn' },
  passed: { Icon: CircleCheck, colour: 'text-good' },
} as const

/** The reader's own state on an exercise. With `compact` the word is only read aloud (and in a title). */
export function StateMark({ state, compact = false, className }: {
  state: ExerciseState
  compact?: boolean
  className?: string
}) {
  const t = useTranslations('common.state')
  const { Icon, colour } = LOOKS[state]
  return (
    <span
      title={compact ? t(state) : undefined}
      className={cx('inline-flex items-center gap-1.5 text-small font-medium whitespace-nowrap', colour, className)}
    >
      <Icon aria-hidden className="size-4 shrink-0" />
      <span className={compact ? 'sr-only' : undefined}>{t(state)}</span>
    </span>
  )
}
