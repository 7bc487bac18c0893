'use client'

import { History, LogOut, Settings, ShieldCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { Viewer } from '@/lib/contract/account'
import { Menu, MenuItem, MenuLabel, MenuLink, MenuSeparator } from '../_ui/menu'
import { signOut } from '../_session/sign-in'

export function AccountMenu({ viewer }: { viewer: Viewer }) {
  const t = useTranslations('common.nav')
  const initial = [...viewer.name.trim()][0]?.toUpperCase() ?? '?'
  const trigger = (
    <button
      type="button"
      aria-label={t('account', { name: viewer.name })}
      className={
        'ml-1.5 flex size-9 items-center justify-center rounded-full border border-line-strong bg-surface text-ui ' +
        'font-semibold text-ink transition-colors hover:bg-sunken'
      }
    >
      {initial}
    </button>
  )
  return (
    <Menu trigger={trigger}>
      <MenuLabel>
        <span className="block max-w-60 truncate text-ui font-medium text-ink">{viewer.name}</span>
        <span className="block max-w-60 truncate">{viewer.email}</span>
      </MenuLabel>
      <MenuSeparator />
      <MenuLink href="/submissions">
        <History aria-hidden />
        {t('submissions')}
      </MenuLink>
      <MenuLink href="/settings">
        <Settings aria-hidden />
        {t('settings')}
      </MenuLink>
      {viewer.role === 'admin' && (
        <MenuLink href="/admin">
          <ShieldCheck aria-hidden />
          {t('admin')}
        </MenuLink>
      )}
      <MenuSeparator />
      <MenuItem onSelect={() => void signOut()}>
        <LogOut aria-hidden />
        {t('signOut')}
      </MenuItem>
    </Menu>
  )
}
