import { ArrowRight, CalendarClock, ListChecks } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import type { ClassView } from '@/lib/contract/class'
import type { OwnMarks } from '@/lib/contract/gradebook'
import type { AttemptsView, SetView } from '@/lib/contract/problem-set'
import { formatMark } from '../../../../../_marking/format-mark'
import { standingIn, termsOfView } from '../../../../../_sets/credit'
import { CreditChart } from '../../../../../_sets/credit-chart'
import { StandingLine } from '../../../../../_sets/standing-line'
import { Badge } from '../../../../../_ui/badge'
import { LinkButton } from '../../../../../_ui/button'
import { EmptyState } from '../../../../../_ui/empty-state'
import type { ListedItem } from '../../_components/listed-item'
import { OwnDates } from '../../_components/own-dates'
import { OwnZone } from '../../_components/own-zone'
import { Paragraphs } from '../../_components/paragraphs'
import { SetHeading } from '../../_components/set-heading'
import { SetRules } from '../../_components/set-rules'
import { OwnItem } from './own-item'

/** A set as its student works through it. */
export function OwnSet({ of, set, items, marks, attempts, zone, now }: {
  of: ClassView
  set: SetView
  items: ListedItem[]
  marks: OwnMarks['sets'][number] | null
  attempts: AttemptsView[]
  /** The reader's own time zone, as far as the server knows it. */
  zone: string
  now: number
}) {
  const t = useTranslations('sets')
  const locale = useLocale()
  const terms = termsOfView(set, of.timeZone)
  const standing = standingIn(of, set, now)
  const cellOf = (id: string) => marks?.cells.find(({ itemId }) => itemId === id) ?? null
  const next = items.find(({ id }) => !['passed', 'overridden'].includes(cellOf(id)?.state ?? 'none')) ?? items[0]
  const isBegun = items.some(({ id }) => (cellOf(id)?.state ?? 'none') !== 'none')
  return (
    <>
      <SetHeading
        classId={of.id}
        title={set.title}
        action={next && standing.phase !== 'closed' && (
          <LinkButton tone="primary" href={`/exercises/${next.exercise}?set=${set.id}`}>
            {t(isBegun ? 'own.continue' : 'own.start')}
            <ArrowRight aria-hidden />
          </LinkButton>
        )}
      >
        {set.excepted && (
          <Badge tone="accent">
            <CalendarClock aria-hidden />
            {t(set.exempt ? 'own.exempt' : 'own.excepted')}
          </Badge>
        )}
      </SetHeading>
      <div className="flex flex-col gap-3">
        <StandingLine
          standing={standing} takesDays={set.latePolicy.kind === 'grace-days'} exempt={set.exempt} now={now}
        />
        <OwnDates set={set} />
        <div className="text-small text-ink-soft">
          <OwnZone />
        </div>
      </div>
      {items.length === 0 ? (
        <EmptyState icon={<ListChecks />} title={t('own.notOpen')} className="mt-8">
          {t(of.archivedAt ? 'own.neverOpenText' : 'own.notOpenText')}
        </EmptyState>
      ) : (
        <div className="mt-8 flex flex-col gap-8">
          <Paragraphs text={set.intro} />
          <section aria-labelledby="exercises">
            <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-6">
              <h3 id="exercises" className="text-body font-semibold">
                {t('exercises')}
              </h3>
              {marks && !set.exempt && (
                <p className="text-ui font-medium figures">
                  {t('own.setTotal', { mark: formatMark(marks.total, locale), max: formatMark(marks.max, locale) })}
                </p>
              )}
            </div>
            <ol className="border-t border-line">
              {items.map((item, index) => (
                <OwnItem
                  key={item.id} set={set} item={item} position={index + 1} cell={cellOf(item.id)} now={now}
                  attempts={attempts.find(({ exercise }) => exercise === item.exercise) ?? null}
                  isOpen={standing.phase !== 'closed'}
                />
              ))}
            </ol>
          </section>
          <section aria-labelledby="rules" className="flex flex-col gap-3">
            <h3 id="rules" className="text-body font-semibold">
              {t('rules.title')}
            </h3>
            <SetRules set={set} />
            {set.latePolicy.kind !== 'none' && (
              <details className="mt-2">
                <summary className="text-ui font-medium hover:text-accent">{t('chart.title')}</summary>
                <div className="mt-3">
                  <CreditChart terms={terms} zone={zone} />
                </div>
              </details>
            )}
          </section>
        </div>
      )}
    </>
  )
}
