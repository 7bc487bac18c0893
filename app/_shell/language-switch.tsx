'use client'

import { Languages } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { LOCALES, Locale } from '@/lib/contract/localized'
import { LANGUAGE_NAMES, LANGUAGE_TAGS } from '../_i18n/locale'
import { IconButton } from '../_ui/icon-button'
import { Menu, MenuChoice, MenuChoices } from '../_ui/menu'
import { useChooseLocale } from './use-choose-locale'

export function LanguageSwitch({ signedIn }: { signedIn: boolean }) {
  const t = useTranslations('common.nav')
  const locale = useLocale()
  const choose = useChooseLocale(signedIn)
  return (
    <Menu trigger={<IconButton label={t('language')} icon={<Languages aria-hidden />} />}>
      <MenuChoices value={locale} onValueChange={(value) => choose(Locale.parse(value))}>
        {LOCALES.map((each) => (
          <MenuChoice key={each} value={each} lang={LANGUAGE_TAGS[each]}>
            {LANGUAGE_NAMES[each]}
          </MenuChoice>
        ))}
      </MenuChoices>
    </Menu>
  )
}
