import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import { getViewer } from '@/lib/auth/viewer'
import { isAdminClaimOpen } from '@/lib/learn/admin-claim'
import { AccountCard } from '../_account/account-card'
import { ClaimForm } from '../_account/claim-form'
import { ClientMessages } from '../_i18n/client-messages'
import { orUnavailable } from '../_session/or-unavailable'
import { firstValue } from '../_session/query'
import { LinkButton } from '../_ui/button'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account.claim')
  return { title: t('title'), robots: { index: false }, referrer: 'no-referrer' }
}

/** Where the one-time link of the first start leads: `/claim?token=...`. */
export default async function Claim({ searchParams }: PageProps<'/claim'>) {
  const token = firstValue((await searchParams).token) ?? ''
  return orUnavailable(() => renderPage(token))
}

async function renderPage(token: string) {
  const t = await getTranslations('account.claim')
  const viewer = await getViewer()
  if (!(await isAdminClaimOpen(token))) {
    return (
      <AccountCard title={t('invalidTitle')} lead={t('invalidText')}>
        <LinkButton href="/">{t('toHome')}</LinkButton>
      </AccountCard>
    )
  }
  return (
    <AccountCard title={t('title')} lead={viewer ? t('leadSignedIn', { email: viewer.email }) : t('lead')}>
      <ClientMessages areas={['account', 'errors']}>
        <ClaimForm token={token} signedIn={viewer !== null} />
      </ClientMessages>
    </AccountCard>
  )
}
