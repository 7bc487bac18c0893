import { useLocale, useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { ProfileView } from '@/lib/contract/profile'
import { formatDay } from './format-day'

/** The present streak and the best one. */
export function Streaks({ streaks, own }: { streaks: ProfileView['streaks']; own: boolean }) {
  const t = useTranslations('profile.streaks')
  const locale = useLocale()
  const { current, best, bestFrom, bestTo, activeToday } = streaks
  const state = activeToday ? 'today' : current > 0 ? 'open' : 'none'
  return (
    <dl className="flex flex-wrap content-start gap-x-14 gap-y-5 xl:flex-col">
      <Figure label={t('current')} value={t('days', { count: current })}>
        {own && t(`state.${state}`)}
      </Figure>
      <Figure label={t('best')} value={t('days', { count: best })}>
        {bestFrom !== null && bestTo !== null && bestFrom !== bestTo
          && t('range', { from: formatDay(bestFrom, locale), to: formatDay(bestTo, locale) })}
      </Figure>
    </dl>
  )
}

function Figure({ label, value, children }: { label: string; value: string; children: ReactNode }) {
  return (
    <div>
      <dt className="text-ui text-ink-soft">{label}</dt>
      <dd className="text-title font-semibold figures">{value}</dd>
      {children && <dd className="text-small text-ink-soft figures">{children}</dd>}
    </div>
  )
}
