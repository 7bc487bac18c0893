'use client'

import { useTranslations } from 'next-intl'
import { usePathname } from 'next/navigation'
import { signInPath } from '@/lib/auth/redirect'
import { LinkButton } from '../_ui/button'

const ACCOUNT_PAGES = ['/sign-in', '/sign-up', '/claim']

/** Goes to sign-in and remembers this page, to come back to it. */
export function SignInLink() {
  const t = useTranslations('common.nav')
  const path = usePathname()
  const href = path === '/' || ACCOUNT_PAGES.includes(path) ? '/sign-in' : signInPath(path)
  return (
    <LinkButton href={href} prefetch={false} className="ml-1.5">
      {t('signIn')}
    </LinkButton>
  )
}
