'use client'

import { useLocale, useTranslations } from 'next-intl'
import { LOCALES, Locale } from '@/lib/contract/localized'
import { LANGUAGE_NAMES } from '../../_i18n/locale'
import { useChooseLocale } from '../../_shell/use-choose-locale'
import { Field } from '../../_ui/field'
import { Select } from '../../_ui/select'
import { parseTheme, type Theme, THEMES } from '../../_ui/theme/theme'
import { setTheme, useTheme } from '../../_ui/theme/use-theme'

/** Language and theme; both change at once. */
export function Appearance({ theme }: { theme: Theme }) {
  const t = useTranslations('settings.appearance')
  const common = useTranslations('common.theme')
  const locale = useLocale()
  const chooseLocale = useChooseLocale(true)
  const shown = useTheme(theme)
  return (
    <div className="grid gap-5 sm:grid-cols-2">
      <Field label={t('language')}>
        {(control) => (
          <Select {...control} value={locale} onChange={(value) => chooseLocale(Locale.parse(value))}>
            {LOCALES.map((each) => (
              <option key={each} value={each}>
                {LANGUAGE_NAMES[each]}
              </option>
            ))}
          </Select>
        )}
      </Field>
      <Field label={t('theme')}>
        {(control) => (
          <Select {...control} value={shown} onChange={(value) => setTheme(parseTheme(value))}>
            {THEMES.map((each) => (
              <option key={each} value={each}>
                {common(each)}
              </option>
            ))}
          </Select>
        )}
      </Field>
    </div>
  )
}
