import type { Metadata } from 'next'
import { getTranslations } from 'next-intl/server'
import Link from 'next/link'
import { redirect } from 'next/navigation'
import { listProviders } from '@/lib/auth/providers'
import { safeRedirectPath } from '@/lib/auth/redirect'
import { AccountCard } from '../_account/account-card'
import { SignInForm } from '../_account/sign-in-form'
import { ClientMessages } from '../_i18n/client-messages'
import { firstValue } from '../_session/query'
import { signUpPath } from '../_session/sign-up-path'
import { lookUpViewer } from '../_session/viewer'

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations('account.signIn')
  return { title: t('title') }
}

export default async function SignIn({ searchParams }: PageProps<'/sign-in'>) {
  const query = await searchParams
  const next = safeRedirectPath(firstValue(query.next))
  const error = firstValue(query.error)
  if ((await lookUpViewer()).viewer) redirect(next)
  const t = await getTranslations('account.signIn')
  return (
    <AccountCard
      title={t('title')}
      lead={next.startsWith('/exercises/') ? t('leadSubmit') : t('lead')}
      after={
        <>
          {t('noAccount')}{' '}
          <Link href={signUpPath(next)} className="text-link">
            {t('toSignUp')}
          </Link>
        </>
      }
    >
      <ClientMessages areas={['account', 'errors']}>
        <SignInForm
          providers={listProviders()}
          next={next}
          initialProblem={error ? { code: error, issues: [] } : null}
        />
      </ClientMessages>
    </AccountCard>
  )
}
