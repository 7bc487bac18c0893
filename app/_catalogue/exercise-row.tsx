import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { memo, type ReactNode } from 'react'
import type { Difficulty } from '@/lib/contract/exercise'
import { cx } from '../_ui/cx'
import { DifficultyBadge } from '../_ui/difficulty-badge'
import { LinkHint } from '../_ui/link-hint'
import { StateSign, StateWord } from '../_ui/state-mark'
import type { ExerciseState } from './entry'

/** One exercise as a line that is a link. `context` stands under the title (where it was found, for example). */
export const ExerciseRow = memo(function ExerciseRow({ slug, title, difficulty, minutes, state, context }: {
  slug: string
  title: ReactNode
  difficulty: Difficulty
  minutes: number
  /** Null for visitors, who have none. */
  state: ExerciseState | null
  context?: ReactNode
}) {
  const t = useTranslations('common')
  return (
    <Link
      href={`/exercises/${slug}`}
      prefetch={false}
      data-row
      className={cx(
        'group relative -mx-3 grid min-h-11 items-center gap-x-3 rounded-md px-3 py-1.5 hover:bg-surface sm:min-h-9',
        state
          ? 'grid-cols-[1rem_1fr_auto] sm:grid-cols-[1rem_1fr_auto_6rem_4.5rem]'
          : 'grid-cols-[1fr_auto] sm:grid-cols-[1fr_6rem_4.5rem]',
      )}
    >
      {state && <StateSign state={state} />}
      <span className="min-w-0">
        <span className="block text-body leading-6 text-ink group-hover:text-accent">{title}</span>
        {context && <span className="block text-small text-ink-faint">{context}</span>}
      </span>
      {state && (
        <span className={cx('flex max-sm:col-start-2 max-sm:row-start-2', state === 'untouched' && 'sr-only')}>
          <StateWord state={state} />
        </span>
      )}
      <DifficultyBadge difficulty={difficulty} className="sm:col-start-[-3]" />
      <span className="hidden text-right text-small whitespace-nowrap text-ink-soft figures sm:block">
        {t('minutes', { minutes })}
      </span>
      <LinkHint />
    </Link>
  )
})
