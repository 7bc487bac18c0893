import { useTranslations } from 'next-intl'
import Link from 'next/link'
import type { ProfileView } from '@/lib/contract/profile'
import { ClientMessages } from '../_i18n/client-messages'
import { Calendar } from './calendar'
import { Streaks } from './streaks'

/** On which days somebody was active, and for how long without a break. */
export function Activity({ profile, own }: { profile: ProfileView; own: boolean }) {
  const t = useTranslations('profile')
  return (
    <section aria-labelledby="activity" className="pt-12">
      <h2 id="activity" className="mb-4 text-title font-semibold">
        {t('activity')}
      </h2>
      <div className="flex flex-col gap-x-14 gap-y-6 xl:flex-row-reverse xl:justify-end">
        <Streaks streaks={profile.streaks} own={own} />
        <ClientMessages areas={['profile']}>
          <Calendar days={profile.days} today={profile.today} />
        </ClientMessages>
      </div>
      <p className="mt-4 max-w-wide text-small text-ink-soft">
        {t('streaks.rule')}
        {own && (
          <>
            {' '}
            {t.rich('streaks.zone', {
              zone: profile.timeZone.replaceAll('_', ' '),
              settings: (words) => <Link href="/settings#days" className="text-link">{words}</Link>,
            })}
          </>
        )}
      </p>
    </section>
  )
}
