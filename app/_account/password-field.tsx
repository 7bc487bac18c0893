'use client'

import { Eye, EyeOff } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { buttonClass } from '../_ui/button'
import { Field, Input } from '../_ui/field'

/** A password that can be looked at while it is typed. */
export function PasswordField({ label, name = 'password', autoComplete, value, help, error, onChange }: {
  label: string
  name?: string
  autoComplete: 'current-password' | 'new-password'
  value: string
  help?: string
  error?: string | null
  onChange: (value: string) => void
}) {
  const t = useTranslations('account.fields')
  const [shown, setShown] = useState(false)
  return (
    <Field label={label} help={help} error={error}>
      {(control) => (
        <span className="relative">
          <Input
            {...control}
            name={name}
            type={shown ? 'text' : 'password'}
            autoComplete={autoComplete}
            autoCapitalize="none"
            spellCheck={false}
            value={value}
            onChange={(event) => onChange(event.target.value)}
            className="pr-11"
          />
          <button
            type="button"
            aria-label={shown ? t('hide') : t('show')}
            onClick={() => setShown(!shown)}
            className={buttonClass({ tone: 'quiet', size: 'small', square: true }, 'absolute! top-1 right-1')}
          >
            {shown ? <EyeOff aria-hidden /> : <Eye aria-hidden />}
          </button>
        </span>
      )}
    </Field>
  )
}
