import { Award, BicepsFlexed, Footprints, Gem, Mountain, Target, type LucideIcon } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import Link from 'next/link'
import type { ExerciseSummary } from '@/lib/contract/catalogue'
import { type Badge, BADGE_KINDS } from '@/lib/contract/profile'
import { PERSISTENT_ATTEMPTS } from '@/lib/learn/badges'
import { cx } from '../_ui/cx'
import { LocalTime } from '../_ui/local-time'

const ICONS: Record<Badge['kind'], LucideIcon> = {
  'first-pass': Footprints,
  'first-try': Target,
  persistence: BicepsFlexed,
  expert: Mountain,
  'every-topic': Award,
  everything: Gem,
}

/**
 * What was reached, each with the rule that it follows and its date. `open` also shows those that are still to be had.
 */
export function Badges({ badges, exercises, open }: {
  badges: readonly Badge[]
  exercises: readonly ExerciseSummary[]
  open: boolean
}) {
  const t = useTranslations('profile.badges')
  const shown = open ? BADGE_KINDS : BADGE_KINDS.filter((kind) => badges.some((badge) => badge.kind === kind))
  return (
    <section aria-labelledby="badges" className="pt-12">
      <h2 id="badges" className="text-title font-semibold">
        {t('title')}
      </h2>
      <p className="mt-1 mb-4 max-w-wide text-ui text-ink-soft">{t('lead')}</p>
      {shown.length === 0 && <p className="text-ui text-ink-soft">{t('none')}</p>}
      <ul className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
        {shown.map((kind) => (
          <Item key={kind} kind={kind} badge={badges.find((badge) => badge.kind === kind)} exercises={exercises} />
        ))}
      </ul>
    </section>
  )
}

function Item({ kind, badge, exercises }: {
  kind: Badge['kind']
  badge: Badge | undefined
  exercises: readonly ExerciseSummary[]
}) {
  const t = useTranslations('profile.badges')
  const locale = useLocale()
  const Icon = ICONS[kind]
  const exercise = exercises.find(({ slug }) => slug === badge?.exercise)
  return (
    <li
      className={cx(
        'flex gap-3.5 rounded-lg border p-4',
        badge ? 'border-line bg-surface shadow-raised' : 'border-dashed border-line-strong',
      )}
    >
      <span
        className={cx(
          'flex size-10 shrink-0 items-center justify-center rounded-full border',
          badge ? 'border-transparent bg-accent-soft text-accent' : 'border-dashed border-line-strong text-ink-faint',
        )}
      >
        <Icon aria-hidden className="size-5" />
      </span>
      <div className="min-w-0">
        <h3 className="text-ui font-semibold">
          {t(`${kind}.name`)}
          {badge?.times != null && badge.times > 1 && (
            <span className="font-normal text-ink-soft figures"> {t('times', { times: badge.times })}</span>
          )}
        </h3>
        <p className="mt-0.5 text-small text-ink-soft">{t(`${kind}.rule`, { attempts: PERSISTENT_ATTEMPTS })}</p>
        <p className="mt-1.5 text-small">
          {badge ? <LocalTime at={badge.earnedAt} dateOnly /> : <span className="text-ink-faint">{t('open')}</span>}
          {exercise && (
            <>
              {' · '}
              <Link href={`/exercises/${exercise.slug}`} prefetch={false} className="text-link">
                {exercise.title[locale]}
              </Link>
            </>
          )}
        </p>
      </div>
    </li>
  )
}
