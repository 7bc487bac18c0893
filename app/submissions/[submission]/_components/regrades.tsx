import { ChevronRight, History } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ExercisePage } from '@/lib/contract/catalogue'
import type { SubmissionRegrades } from '@/lib/contract/submission'
import type { VerdictView } from '@/lib/contract/verdict'
import { LocalTime } from '../../../_ui/local-time'
import { GroupList } from '../../../_verdict/group-list'
import { Score } from '../../../_verdict/score'
import { VerdictBadge } from '../../../_verdict/verdict-badge'

/** What a submission got when it was graded again, and what that means for its author. The verdict stays beside it. */
export function Regrades({ regrades: { results, best }, original, about }: {
  regrades: SubmissionRegrades
  original: VerdictView
  about: ExercisePage['groups']
}) {
  const t = useTranslations('submissions.regrades')
  const outcome = useTranslations('submissions.verdict')
  const [latest, ...earlier] = results
  if (!latest) return null
  const { verdict } = latest
  const against = verdict.exerciseVersion === original.exerciseVersion ? 'same' : 'newer'
  const on = (at: string) => ({ date: () => <LocalTime at={at} dateOnly /> })
  return (
    <section aria-labelledby="regraded" className="rounded-lg border border-line bg-surface px-4 py-4 text-ui">
      <h2 id="regraded" className="flex items-center gap-2 text-title font-semibold">
        <History aria-hidden className="size-4.5 shrink-0 text-accent" />
        {t('title')}
      </h2>
      <p className="mt-1 text-ink-soft">{t.rich(against, on(latest.gradedAt))}</p>
      <p className="mt-3 flex flex-wrap items-center gap-x-3 gap-y-2">
        <VerdictBadge submission={{ state: 'done', verdict }} />
        <Score verdict={verdict} />
      </p>
      {best && (
        <p className="mt-3">
          {t(`effect.${best.effect}`, { score: best.score, max: best.maxScore })}
          {best.passLost && ` ${t('passLost')}`}
        </p>
      )}
      <p className="mt-1 text-ink-soft">{t('verdictStays')}</p>
      {earlier.map(({ gradedAt, verdict: { verdict: kind, score, maxScore } }) => (
        <p key={gradedAt} className="mt-1 text-ink-soft">
          {t.rich('earlier', { ...on(gradedAt), outcome: outcome(kind), score, max: maxScore })}
        </p>
      ))}
      {verdict.groups.length > 0 && (
        <details className="group mt-3">
          <summary className="flex list-none items-center gap-1.5 font-medium hover:text-accent">
            <ChevronRight aria-hidden className="size-4 shrink-0 text-ink-soft group-open:rotate-90" />
            {t(against === 'newer' ? 'rules.newer' : 'rules.same')}
          </summary>
          <div className="pt-3">
            <GroupList verdict={verdict} about={about} />
          </div>
        </details>
      )}
    </section>
  )
}
