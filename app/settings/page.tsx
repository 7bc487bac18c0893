import type { Metadata } from 'next'
import { getTimeZone, getTranslations } from 'next-intl/server'
import { cookies } from 'next/headers'
import { requireViewer } from '@/lib/auth/viewer'
import { hasPassword } from '@/lib/learn/own-account'
import { getProfileSettings } from '@/lib/learn/profile'
import { ClientMessages } from '../_i18n/client-messages'
import { orUnavailable } from '../_session/or-unavailable'
import { listTimeZones } from '../_time-zone/time-zones'
import { Page, PageHeader } from '../_ui/page'
import { parseTheme, THEME_COOKIE } from '../_ui/theme/theme'
import { Appearance } from './_components/appearance'
import { DaysForm } from './_components/days-form'
import { DeleteAccount } from './_components/delete-account'
import { ExportData } from './_components/export-data'
import { LeaderboardForm } from './_components/leaderboard-form'
import { PasswordForm } from './_components/password-form'
import { ProfileForm } from './_components/profile-form'
import { Section } from './_components/section'
import { SignOutEverywhere } from './_components/sign-out-everywhere'
import { VisibilityForm } from './_components/visibility-form'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('settings')
  return { title: t('title') }
}

export default function Settings() {
  return orUnavailable(async () => {
    const viewer = await requireViewer('/settings')
    const t = await getTranslations('settings')
    const withPassword = await hasPassword(viewer.id)
    const profile = await getProfileSettings(viewer.id)
    const theme = parseTheme((await cookies()).get(THEME_COOKIE)?.value)
    return (
      <Page>
        <PageHeader title={t('title')} />
        <ClientMessages areas={['settings', 'account', 'errors']}>
          <Section title={t('profile.title')}>
            <ProfileForm name={viewer.name} email={viewer.email} />
          </Section>
          <Section id="profile" title={t('visibility.title')} text={t('visibility.text')}>
            <VisibilityForm initial={profile} />
          </Section>
          <Section id="leaderboards" title={t('leaderboards.title')} text={t('leaderboards.text')}>
            {/* Another handle keeps what is being chosen; having one or none does not. */}
            <LeaderboardForm key={profile.handle === null ? 'nameless' : 'named'} {...profile} />
          </Section>
          <Section id="days" title={t('days.title')} text={t('days.text')}>
            <DaysForm initial={profile.timeZone ?? (await getTimeZone())} zones={listTimeZones()} />
          </Section>
          <Section title={t('appearance.title')}>
            <Appearance theme={theme} />
          </Section>
          <Section title={t('password.title')} text={t('password.text')}>
            {withPassword ? (
              <PasswordForm email={viewer.email} />
            ) : (
              <p className="text-body text-ink-soft">{t('password.none')}</p>
            )}
          </Section>
          <Section title={t('sessions.title')} text={t('sessions.text')}>
            <SignOutEverywhere />
          </Section>
          <Section title={t('export.title')} text={t('export.text')}>
            <ExportData />
          </Section>
          <Section title={t('delete.title')} text={t('delete.text')}>
            <DeleteAccount withPassword={withPassword} />
          </Section>
        </ClientMessages>
      </Page>
    )
  })
}
