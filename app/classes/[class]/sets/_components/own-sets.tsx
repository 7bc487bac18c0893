import { ListChecks } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import type { ClassView } from '@/lib/contract/class'
import type { OwnMarks } from '@/lib/contract/gradebook'
import type { SetView } from '@/lib/contract/problem-set'
import { formatMark } from '../../../../_marking/format-mark'
import { standingIn } from '../../../../_sets/credit'
import { EmptyState } from '../../../../_ui/empty-state'
import { OwnZone } from './own-zone'
import { SetCard } from './set-card'

/** All sets of a class for one of its students: what is open first, then what comes, then what is over. */
export function OwnSets({ of, sets, marks, now }: {
  of: ClassView
  sets: SetView[]
  marks: OwnMarks | null
  now: number
}) {
  const t = useTranslations('sets')
  const locale = useLocale()
  if (sets.length === 0) {
    return (
      <EmptyState icon={<ListChecks />} title={t('own.empty')}>
        {t('own.emptyText')}
      </EmptyState>
    )
  }
  const all = sets.map((set) => ({ set, standing: standingIn(of, set, now) }))
  const groups = {
    open: all.filter(({ standing: { phase } }) => phase === 'open' || phase === 'late'),
    upcoming: all.filter(({ standing: { phase } }) => phase === 'upcoming'),
    closed: all.filter(({ standing: { phase } }) => phase === 'closed').reverse(),
  }
  return (
    <div className="flex flex-col gap-10">
      <div className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 text-ui text-ink-soft">
        <OwnZone />
        {marks && (
          <p className="figures">
            {t('own.total', { mark: formatMark(marks.total, locale), max: formatMark(marks.max, locale) })}
            {of.graceDays > 0 && <> · {t('own.graceDaysLeft', { days: marks.graceDaysLeft })}</>}
          </p>
        )}
      </div>
      {Object.entries(groups).map(([name, members]) => members.length > 0 && (
        <section key={name} aria-labelledby={`sets-${name}`}>
          <h2 id={`sets-${name}`} className="mb-4 text-title font-semibold">
            {t(`own.${name as keyof typeof groups}`)}
          </h2>
          <ul className="flex flex-col gap-4">
            {members.map(({ set, standing }) => (
              <SetCard
                key={set.id} classId={of.id} set={set} standing={standing} now={now}
                marks={marks?.sets.find(({ setId }) => setId === set.id) ?? null}
              />
            ))}
          </ul>
        </section>
      ))}
    </div>
  )
}
