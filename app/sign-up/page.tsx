import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { safeRedirectPath, signInPath } from '@/lib/auth/redirect'
import { AccountCard } from '../_account/account-card'
import { SignUpForm } from '../_account/sign-up-form'
import { ClientMessages } from '../_i18n/client-messages'
import { firstValue } from '../_session/query'
import { lookUpViewer } from '../_session/viewer'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account.signUp')
  return { title: t('title') }
}

export default async function SignUp({ searchParams }: PageProps<'/sign-up'>) {
  const next = safeRedirectPath(firstValue((await searchParams).next))
  if ((await lookUpViewer()).viewer) redirect(next)
  const t = await getTranslations('account.signUp')
  return (
    <AccountCard
      title={t('title')}
      lead={t('lead')}
      after={
        <>
          {t('haveAccount')}{' '}
          <Link href={next === '/' ? '/sign-in' : signInPath(next)} className="text-link">
            {t('toSignIn')}
          </Link>
        </>
      }
    >
      <ClientMessages areas={['account', 'errors']}>
        <SignUpForm next={next} />
      </ClientMessages>
    </AccountCard>
  )
}
