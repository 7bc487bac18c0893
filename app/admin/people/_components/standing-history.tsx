import { useTranslations } from 'next-intl'
import { useId } from 'react'
import type { StandingView } from '@/lib/contract/leaderboard'
import { LocalTime } from '../../../_ui/local-time'

/** What admins did to somebody's standing before, and why, the latest first. */
export function StandingHistory({ history }: Pick<StandingView, 'history'>) {
  const t = useTranslations('admin.standing')
  const id = useId()
  return (
    <section aria-labelledby={id} className="border-t border-line pt-4">
      <h3 id={id} className="text-ui font-medium">
        {t('history')}
      </h3>
      <ul className="mt-2 flex flex-col gap-2 text-small">
        {history.map(({ at, action, actor, reason }) => (
          <li key={at + action} className="wrap-anywhere">
            <LocalTime at={at} className="text-ink-soft" /> {t(`${action}.done`, { actor: actor ?? t('somebodyGone') })}
            {reason !== '' && <span className="block text-ink-soft">{t('because', { reason })}</span>}
          </li>
        ))}
      </ul>
    </section>
  )
}
