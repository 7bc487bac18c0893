'use client'

import { Menu as MenuIcon } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { IconButton } from '../_ui/icon-button'
import { Menu, MenuLink } from '../_ui/menu'

/** The site's navigation where the bar has no room for it. */
export function MobileMenu() {
  const t = useTranslations('common.nav')
  return (
    <Menu trigger={<IconButton label={t('menu')} icon={<MenuIcon aria-hidden />} className="min-[50rem]:hidden" />}>
      <MenuLink href="/exercises">{t('exercises')}</MenuLink>
      <MenuLink href="/topics">{t('topics')}</MenuLink>
      <MenuLink href="/leaderboard">{t('leaderboard')}</MenuLink>
      <MenuLink href="/classes">{t('classes')}</MenuLink>
      <MenuLink href="/progress">{t('progress')}</MenuLink>
    </Menu>
  )
}
