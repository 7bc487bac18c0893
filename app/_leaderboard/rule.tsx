import { useTranslations } from 'next-intl'
import { POINTS_BY_DIFFICULTY } from '@/lib/contract/exercise'
import type { BoardSpan } from '@/lib/contract/leaderboard'

const EVERYBODY = ['verdicts', 'best', 'span', 'time', 'ties', 'changes', 'shown'] as const
const OF_CLASS = ['verdicts', 'best', 'classSets', 'span', 'time', 'ties', 'changes', 'classShown'] as const

/** How ranks come about: the gist in one sentence, and all of it to open. */
export function Rule({ span, ofClass }: { span: BoardSpan; ofClass: boolean }) {
  const t = useTranslations('leaderboard.rule')
  const parts = ofClass ? OF_CLASS : EVERYBODY
  return (
    <div className="mb-7 max-w-wide text-ui text-ink-soft">
      <p>{t(`${ofClass ? 'gistOfClass' : 'gist'}.${span}`)}</p>
      <details className="mt-1.5">
        <summary className="w-fit text-accent">{t('title')}</summary>
        <ul className="mt-2 flex list-disc flex-col gap-1.5 pl-5 marker:text-ink-faint">
          {parts.map((part) => <li key={part}>{t(`parts.${part}`, POINTS_BY_DIFFICULTY)}</li>)}
        </ul>
      </details>
    </div>
  )
}
