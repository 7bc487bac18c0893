import { useTranslations } from 'next-intl'
import type { VerdictView } from '@/lib/contract/verdict'
import { ProgressBar } from '../_ui/progress-bar'

/** The points of a verdict, drawn and written; a dash where there are none to speak of. */
export function Score({ verdict }: { verdict: VerdictView | null }) {
  const t = useTranslations('submissions')
  if (!verdict || verdict.verdict === 'error') return <span className="text-ink-faint">–</span>
  return (
    <span className="flex items-center gap-3">
      <ProgressBar value={verdict.score} of={verdict.maxScore} label={t('columns.score')} className="w-20 shrink-0" />
      <span className="font-medium whitespace-nowrap figures">
        {verdict.score}
        <span className="font-normal text-ink-soft"> / {verdict.maxScore}</span>
      </span>
    </span>
  )
}
