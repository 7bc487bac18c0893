import { useTranslations } from 'next-intl'
import Link from 'next/link'
import type { Viewer } from '@/lib/contract/account'
import { LogoMark } from '../_ui/logo'
import type { Theme } from '../_ui/theme/theme'
import { AccountMenu } from './account-menu'
import { LanguageSwitch } from './language-switch'
import { MobileMenu } from './mobile-menu'
import { NavLink } from './nav-link'
import { SignInLink } from './sign-in-link'
import { ThemeSwitch } from './theme-switch'

/** The bar at the top of every page. */
export function Header({ viewer, theme, accountsReachable }: {
  viewer: Viewer | null
  theme: Theme
  accountsReachable: boolean
}) {
  const t = useTranslations('common.nav')
  return (
    <header className="border-b border-line bg-paper">
      <div className="mx-auto flex h-14 w-full max-w-page items-center gap-1 px-4 sm:px-6">
        <Link href="/" aria-label={t('home')} className="mr-5 -ml-1 flex items-center gap-2 rounded-md px-1 py-1.5">
          <LogoMark className="size-6 text-accent" />
          <span className="text-title font-[640] tracking-[-0.03em]">Handroll</span>
        </Link>
        <nav aria-label={t('label')} className="hidden items-center gap-1 min-[50rem]:flex">
          <NavLink href="/exercises">{t('exercises')}</NavLink>
          <NavLink href="/topics">{t('topics')}</NavLink>
          <NavLink href="/leaderboard">{t('leaderboard')}</NavLink>
          <NavLink href="/classes">{t('classes')}</NavLink>
          <NavLink href="/progress">{t('progress')}</NavLink>
        </nav>
        <div className="ml-auto flex items-center gap-1">
          <LanguageSwitch signedIn={viewer !== null} />
          <ThemeSwitch initial={theme} />
          {viewer ? <AccountMenu viewer={viewer} /> : accountsReachable && <SignInLink />}
          <MobileMenu />
        </div>
      </div>
    </header>
  )
}
