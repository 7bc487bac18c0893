'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useRef, useState } from 'react'
import { MIN_PASSWORD_LENGTH, NewPassword } from '@/lib/contract/account'
import { focusFirstMistake } from '../../_account/focus-first-mistake'
import { PasswordField } from '../../_account/password-field'
import { issuesOf, useAccountRules } from '../../_account/use-account-rules'
import { type ApiProblem, sendJson } from '../../_session/api'
import { signInByPassword } from '../../_session/sign-in'
import { useProblemText } from '../../_session/use-problem-text'
import { Alert } from '../../_ui/alert'
import { Button } from '../../_ui/button'

const EMPTY = { current: '', next: '' }

/** Changes the password. That ends all sessions, so this browser signs in again with the new one. */
export function PasswordForm({ email }: { email: string }) {
  const t = useTranslations('settings.password')
  const account = useTranslations('account')
  const problemText = useProblemText()
  const errorsOf = useAccountRules()
  const form = useRef<HTMLFormElement>(null)
  const [values, setValues] = useState(EMPTY)
  const [tried, setTried] = useState(false)
  const [state, setState] = useState<'idle' | 'pending' | 'done'>('idle')
  const [problem, setProblem] = useState<ApiProblem | null>(null)

  const parsed = NewPassword.safeParse(values.next)
  const issues = parsed.success ? [] : issuesOf(parsed.error).map(({ rule }) => ({ path: 'password', rule }))
  const nextError = tried ? errorsOf(issues, { email, name: '', password: values.next }).password : undefined
  const wrong = problem?.code === 'wrong-credentials'

  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (!parsed.success || values.current === '') return focusFirstMistake(form.current)
    setState('pending')
    setProblem(null)
    const changed = await sendJson('PUT', '/api/account/password', values)
    const answer = changed.ok ? await signInByPassword(email, values.next) : changed
    setState(answer.ok ? 'done' : 'idle')
    if (!answer.ok) return setProblem(answer.problem)
    setValues(EMPTY)
    setTried(false)
  }

  function set(field: keyof typeof EMPTY, value: string) {
    setValues({ ...values, [field]: value })
    setProblem(null)
    setState('idle')
  }

  return (
    <form ref={form} method="post" noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-5">
      {problem && !wrong && (
        <Alert tone="bad" live="assertive">
          {problemText(problem)}
        </Alert>
      )}
      {state === 'done' && (
        <Alert tone="good" live="polite">
          {t('done')}
        </Alert>
      )}
      <input type="hidden" name="username" autoComplete="username" value={email} readOnly />
      <PasswordField
        label={t('current')}
        name="current"
        autoComplete="current-password"
        value={values.current}
        error={wrong ? t('wrong') : tried && values.current === '' ? account('rules.passwordMissing') : null}
        onChange={(current) => set('current', current)}
      />
      <PasswordField
        label={t('next')}
        name="next"
        autoComplete="new-password"
        value={values.next}
        help={account('fields.passwordHelp', { min: MIN_PASSWORD_LENGTH })}
        error={nextError}
        onChange={(next) => set('next', next)}
      />
      <Button type="submit" pending={state === 'pending'} className="self-start">
        {t('submit')}
      </Button>
    </form>
  )
}
