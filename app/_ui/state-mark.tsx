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

/** The reader's own state on an exercise: sign and word. */
export function StateMark({ state, className }: { state: ExerciseState; className?: string }) {
  return (
    <span className={cx('inline-flex items-center gap-1.5', className)}>
      <StateSign state={state} />
      <StateWord state={state} />
    </span>
  )
}

/** The sign alone, for those who see; its word must stand near. */
export function StateSign({ state }: { state: ExerciseState }) {
  const { Icon, colour } = LOOKS[state]
  return <Icon aria-hidden className={cx('size-4 shrink-0', colour)} />
}

export function StateWord({ state }: { state: ExerciseState }) {
  const t = useTranslations('common.state')
  return <span className={cx('text-small font-medium whitespace-nowrap', LOOKS[state].colour)}>{t(state)}</span>
}
