import { useTranslations } from 'next-intl'
import type { ClassSummary, ClassView } from '@/lib/contract/class'
import type { EarlyAttempts, SetLogEntry, SetView } from '@/lib/contract/problem-set'
import { ClassTime } from '../../../../../_ui/class-time'
import { termsOfView } from '../../../../../_sets/credit'
import { CreditChart } from '../../../../../_sets/credit-chart'
import { LinkButton } from '../../../../../_ui/button'
import type { ListedItem } from '../../_components/listed-item'
import { Paragraphs } from '../../_components/paragraphs'
import { SetHeading } from '../../_components/set-heading'
import { SetRules } from '../../_components/set-rules'
import { SetState } from '../../_components/set-state'
import { SetActions } from './set-actions'
import { SetLog } from './set-log'
import { StaffItems } from './staff-items'

/** A set as staff see it: everything about it at a glance, and what can be done with it. */
export function StaffSet({ of, set, items, log, classes, early, now }: {
  of: ClassView
  set: SetView
  items: ListedItem[]
  log: SetLogEntry[]
  /** Where a copy could go. */
  classes: ClassSummary[]
  /** What publishing the draft would find; null for everything else. */
  early: EarlyAttempts | null
  now: number
}) {
  const t = useTranslations('sets')
  const path = `/classes/${of.id}/sets/${set.id}`
  const mayChange = of.role === 'instructor' && !of.archivedAt
  return (
    <>
      <SetHeading
        classId={of.id}
        title={set.title}
        action={
          <div className="flex flex-wrap gap-2">
            {mayChange && <LinkButton href={`${path}/edit`}>{t('edit')}</LinkButton>}
            <LinkButton href={`${path}/exceptions`}>{t('exceptions.count', { count: set.exceptions ?? 0 })}</LinkButton>
            <SetActions
              classId={of.id} mayChange={mayChange}
              set={{
                id: set.id, title: set.title, published: set.publishedAt !== null, empty: items.length === 0, early,
              }}
              classes={classes.map(({ id, name, term }) => ({ id, name: term ? `${name} (${term})` : name }))}
            />
          </div>
        }
      >
        <SetState set={set} now={now} archived={of.archivedAt !== null} />
      </SetHeading>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-x-12 gap-y-8 lg:grid-cols-[minmax(0,1fr)_24rem]">
        <div className="flex flex-col gap-8">
          <Paragraphs text={set.intro} />
          <section aria-labelledby="exercises">
            <h3 id="exercises" className="mb-3 text-body font-semibold">
              {t('exercises')}
            </h3>
            <StaffItems items={items} />
          </section>
          <section aria-labelledby="log">
            <h3 id="log" className="mb-3 text-body font-semibold">
              {t('log.title')}
            </h3>
            {log.length > 0 && <SetLog log={log} zone={of.timeZone} />}
          </section>
        </div>
        <section aria-labelledby="rules" className="flex flex-col gap-4">
          <h3 id="rules" className="text-body font-semibold">
            {t('rules.title')}
          </h3>
          <dl className="grid grid-cols-[auto_1fr] gap-x-6 gap-y-1 text-ui">
            {(['opensAt', 'dueAt', 'closesAt'] as const).map((name) => (
              <div key={name} className="contents">
                <dt className="text-ink-soft">{t(`dates.${name}`)}</dt>
                <dd>
                  <ClassTime at={set[name]} zone={of.timeZone} />
                </dd>
              </div>
            ))}
          </dl>
          <SetRules set={set} />
          <CreditChart terms={termsOfView(set, of.timeZone)} zone={of.timeZone} />
        </section>
      </div>
    </>
  )
}
