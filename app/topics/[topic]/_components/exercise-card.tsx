import { ArrowRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import type { ExerciseSummary } from '@/lib/contract/catalogue'
import type { Locale } from '@/lib/contract/localized'
import { DifficultyBadge } from '../../../_ui/difficulty-badge'
import { LinkHint } from '../../../_ui/link-hint'
import { type ExerciseState, StateMark } from '../../../_ui/state-mark'

/** An exercise in the middle of a note: the place to put the reading aside and build. */
export function ExerciseCard({ exercise, state, locale }: {
  exercise: ExerciseSummary
  state: ExerciseState
  locale: Locale
}) {
  const t = useTranslations('topics')
  const common = useTranslations('common')
  return (
    <aside aria-label={`${t('exercise')}: ${exercise.title[locale]}`} className="my-7">
      <Link
        href={`/exercises/${exercise.slug}`}
        prefetch={false}
        className={
          'group flex items-center gap-5 rounded-lg border border-line bg-surface px-5 py-4 shadow-raised ' +
          'transition-colors hover:border-accent'
        }
      >
        <span className="min-w-0 flex-1">
          <span className="block text-small text-ink-soft">{t('exercise')}</span>
          <span className="block font-semibold text-ink group-hover:text-accent">{exercise.title[locale]}</span>
          <span className="mt-1 flex flex-wrap items-center gap-x-4 gap-y-1 text-small text-ink-soft">
            <DifficultyBadge difficulty={exercise.difficulty} />
            <span className="figures">{common('minutes', { minutes: exercise.minutes })}</span>
            <span className="figures">{common('points', { points: exercise.points })}</span>
            {state !== 'untouched' && <StateMark state={state} />}
          </span>
        </span>
        <span
          aria-hidden
          className={
            'flex size-9 shrink-0 items-center justify-center rounded-full bg-accent-soft text-accent ' +
            'transition-colors group-hover:bg-accent group-hover:text-on-accent'
          }
        >
          <ArrowRight className="size-4.5" />
        </span>
        <LinkHint />
      </Link>
    </aside>
  )
}
