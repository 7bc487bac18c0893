'use client'

import { useTranslations } from 'next-intl'
import type { z } from 'zod'
import { MAX_PASSWORD_LENGTH, MIN_PASSWORD_LENGTH } from '@/lib/contract/account'

export type AccountField = 'email' | 'name' | 'password'
export type FieldErrors = Partial<Record<AccountField, string>>

interface Issue {
  path: string
  rule: string
}

/** Sentences for the rules of the contract, by field; the first broken rule of each field counts. */
export function useAccountRules() {
  const t = useTranslations('account.rules')

  function sentence(field: AccountField, rule: string, value: string): string {
    if (field === 'email') return value.trim() === '' ? t('emailMissing') : t('email')
    if (field === 'name') return value.trim() === '' ? t('nameMissing') : t('name')
    if (value === '') return t('passwordMissing')
    if (rule === 'too_small') return t('passwordShort', { min: MIN_PASSWORD_LENGTH })
    if (rule === 'too_big') return t('passwordLong', { max: MAX_PASSWORD_LENGTH })
    if (rule === 'common-password') return t('passwordCommon')
    return rule === 'same-as-email' ? t('passwordIsEmail') : t('other')
  }

  /** What the API or the schema found, as sentences beside their fields. */
  return function errorsOf(issues: readonly Issue[], values: Record<AccountField, string>): FieldErrors {
    const errors: FieldErrors = {}
    for (const { path, rule } of issues) {
      const field = path.split('.').at(-1)
      if (field === 'email' || field === 'name' || field === 'password') {
        errors[field] ??= sentence(field, rule, values[field])
      }
    }
    return errors
  }
}

/** The issues of a schema in the form in which the API reports them. */
export function issuesOf(error: z.ZodError): Issue[] {
  return error.issues.map((issue) => {
    const rule: unknown = issue.code === 'custom' ? issue.params?.rule : undefined
    return { path: issue.path.join('.'), rule: typeof rule === 'string' ? rule : issue.code }
  })
}
