'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { NameBody } from '@/lib/contract/account'
import { issuesOf, useAccountRules } from '../../_account/use-account-rules'
import { SaveForm } from '../../_session/save-form'
import { Field, Input } from '../../_ui/field'

export function ProfileForm({ name, email }: { name: string; email: string }) {
  const t = useTranslations('settings')
  const errorsOf = useAccountRules()
  const [value, setValue] = useState(name)
  const parsed = NameBody.safeParse({ name: value })
  const errors = parsed.success ? {} : errorsOf(issuesOf(parsed.error), { email, name: value, password: '' })

  return (
    <SaveForm path="/api/account/name" body={parsed.success ? parsed.data : null} changed={value !== name}>
      <Field label={t('profile.name')} error={errors.name}>
        {(control) => (
          <Input
            {...control}
            name="name"
            autoComplete="name"
            maxLength={80}
            value={value}
            onChange={(event) => setValue(event.target.value)}
          />
        )}
      </Field>
      <Field label={t('profile.email')} help={t('profile.emailHelp')}>
        {(control) => <Input {...control} value={email} readOnly />}
      </Field>
    </SaveForm>
  )
}
