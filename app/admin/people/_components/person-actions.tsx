'use client'

import { Ban, Ellipsis, Eye, EyeOff, UserCheck } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import type { Person } from '@/lib/contract/account'
import type { StandingAction } from '@/lib/contract/leaderboard'
import { IconButton } from '../../../_ui/icon-button'
import { Menu, MenuItem } from '../../../_ui/menu'
import { StandingDialog } from './standing-dialog'

const ICONS = {
  'person.suspended': Ban, 'person.readmitted': UserCheck, 'person.barred': EyeOff, 'person.unbarred': Eye,
} as const

/** What an admin may do to somebody else; each is asked about before. */
export function PersonActions({ person }: { person: Person }) {
  const t = useTranslations('admin.standing')
  const [open, setOpen] = useState<StandingAction | null>(null)
  const actions: StandingAction[] = [
    person.suspended ? 'person.readmitted' : 'person.suspended', person.barred ? 'person.unbarred' : 'person.barred',
  ]
  return (
    <>
      <Menu
        trigger={
          <IconButton label={t('actionsOf', { name: person.name })} size="small" icon={<Ellipsis aria-hidden />} />
        }
      >
        {actions.map((action) => {
          const Icon = ICONS[action]
          return (
            <MenuItem key={action} onSelect={() => setOpen(action)}>
              <Icon aria-hidden />
              {t(`${action}.action`)}
            </MenuItem>
          )
        })}
      </Menu>
      {open && <StandingDialog person={person} action={open} onClose={() => setOpen(null)} />}
    </>
  )
}
