import { useTranslations } from 'next-intl'
import { DIFFICULTIES, type Difficulty } from '@/lib/contract/exercise'
import { cx } from './cx'

/** The difficulty as a word with one to four filled bars; no colour, since colours mean results. */
export function DifficultyBadge({ difficulty, className }: { difficulty: Difficulty; className?: string }) {
  const t = useTranslations('common.difficulty')
  return (
    <span className={cx('inline-flex items-center gap-1.5 text-small whitespace-nowrap text-ink-soft', className)}>
      <DifficultyBars difficulty={difficulty} />
      {t(difficulty)}
    </span>
  )
}

/** The bars alone, for those who see; the word must stand near. */
export function DifficultyBars({ difficulty }: { difficulty: Difficulty }) {
  const level = DIFFICULTIES.indexOf(difficulty) + 1
  return (
    <svg aria-hidden width="15" height="12" viewBox="0 0 15 12" className="shrink-0">
      {DIFFICULTIES.map((each, index) => (
        <rect
          key={each}
          x={index * 4}
          y={9 - index * 3}
          width="3"
          height={3 + index * 3}
          rx="0.5"
          fill="currentColor"
          opacity={index < level ? 1 : 0.25}
        />
      ))}
    </svg>
  )
}
