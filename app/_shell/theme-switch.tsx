'use client'

import { Monitor, Moon, Sun } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { IconButton } from '../_ui/icon-button'
import { Menu, MenuChoice, MenuChoices } from '../_ui/menu'
import { parseTheme, type Theme, THEMES } from '../_ui/theme/theme'
import { setTheme, useTheme } from '../_ui/theme/use-theme'

const ICONS = { system: Monitor, light: Sun, dark: Moon } as const

/** `initial` is what the server read from the cookie, so that the first picture is already right. */
export function ThemeSwitch({ initial }: { initial: Theme }) {
  const t = useTranslations('common')
  const theme = useTheme(initial)
  const Icon = ICONS[theme]
  return (
    <Menu trigger={<IconButton label={t('nav.theme')} icon={<Icon aria-hidden />} />}>
      <MenuChoices value={theme} onValueChange={(value) => setTheme(parseTheme(value))}>
        {THEMES.map((each) => {
          const ChoiceIcon = ICONS[each]
          return (
            <MenuChoice key={each} value={each}>
              <ChoiceIcon aria-hidden />
              {t(`theme.${each}`)}
            </MenuChoice>
          )
        })}
      </MenuChoices>
    </Menu>
  )
}
