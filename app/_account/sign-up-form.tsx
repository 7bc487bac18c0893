'use client'

import { useTranslations } from 'next-intl'
import { sendJson } from '../_session/api'
import { NewAccountForm } from './new-account-form'

export function SignUpForm({ next }: { next: string }) {
  const t = useTranslations('account.signUp')
  return (
    <NewAccountForm
      submitLabel={t('submit')}
      next={next}
      create={(account) => sendJson('POST', '/api/account', account)}
    />
  )
}
