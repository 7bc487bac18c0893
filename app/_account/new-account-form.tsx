'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useRef, useState } from 'react'
import { MIN_PASSWORD_LENGTH, SignUpBody } from '@/lib/contract/account'
import type { ApiProblem, ApiResult } from '../_session/api'
import { signInByPassword } from '../_session/sign-in'
import { useProblemText } from '../_session/use-problem-text'
import { Alert } from '../_ui/alert'
import { Button } from '../_ui/button'
import { Field, Input } from '../_ui/field'
import { focusFirstMistake } from './focus-first-mistake'
import { PasswordField } from './password-field'
import { issuesOf, useAccountRules } from './use-account-rules'

const EMPTY = { email: '', name: '', password: '' }

/** Makes an account with `create`, signs in to it and goes to `next`. Rules show at the first try, then at once. */
export function NewAccountForm({ submitLabel, next, create }: {
  submitLabel: string
  next: string
  create: (account: SignUpBody) => Promise<ApiResult>
}) {
  const t = useTranslations('account')
  const problemText = useProblemText()
  const errorsOf = useAccountRules()
  const [values, setValues] = useState(EMPTY)
  const [tried, setTried] = useState(false)
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const form = useRef<HTMLFormElement>(null)

  const parsed = SignUpBody.safeParse(values)
  const own = tried && !parsed.success ? errorsOf(issuesOf(parsed.error), values) : {}
  const errors = { ...errorsOf(problem?.issues ?? [], values), ...own }

  function set(field: keyof typeof EMPTY, value: string) {
    setValues({ ...values, [field]: value })
    setProblem(null)
  }

  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    setProblem(null)
    if (!parsed.success) return focusFirstMistake(form.current)
    setPending(true)
    const made = await create(parsed.data)
    const answer = made.ok ? await signInByPassword(parsed.data.email, parsed.data.password) : made
    if (answer.ok) return window.location.assign(next)
    setPending(false)
    setProblem(answer.problem)
  }

  return (
    <form ref={form} method="post" noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-5">
      {problem && problem.issues.length === 0 && (
        <Alert tone="bad" live="assertive">
          {problemText(problem)}
        </Alert>
      )}
      <Field label={t('fields.name')} help={t('fields.nameHelp')} error={errors.name}>
        {(control) => (
          <Input
            {...control}
            name="name"
            autoComplete="name"
            maxLength={80}
            value={values.name}
            onChange={(event) => set('name', event.target.value)}
          />
        )}
      </Field>
      <Field label={t('fields.email')} error={errors.email}>
        {(control) => (
          <Input
            {...control}
            name="email"
            type="email"
            autoComplete="username"
            autoCapitalize="none"
            value={values.email}
            onChange={(event) => set('email', event.target.value)}
          />
        )}
      </Field>
      <PasswordField
        label={t('fields.password')}
        help={t('fields.passwordHelp', { min: MIN_PASSWORD_LENGTH })}
        autoComplete="new-password"
        value={values.password}
        error={errors.password}
        onChange={(password) => set('password', password)}
      />
      <Button type="submit" tone="primary" size="large" pending={pending}>
        {submitLabel}
      </Button>
    </form>
  )
}
