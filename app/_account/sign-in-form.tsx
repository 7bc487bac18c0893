'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useRef, useState } from 'react'
import type { SignInProvider } from '@/lib/contract/account'
import type { ApiProblem } from '../_session/api'
import { signInByPassword } from '../_session/sign-in'
import { useProblemText } from '../_session/use-problem-text'
import { Alert } from '../_ui/alert'
import { Button } from '../_ui/button'
import { Field, Input } from '../_ui/field'
import { focusFirstMistake } from './focus-first-mistake'
import { PasswordField } from './password-field'
import { Providers } from './providers'
import { useAccountRules } from './use-account-rules'

/**
 * Signs in and goes to `next`, a path that is known to be ours. Like all forms with a password it posts, so that one
 * which is sent before the page's script runs never puts the password into an address.
 */
export function SignInForm({ providers, next, initialProblem }: {
  providers: SignInProvider[]
  next: string
  initialProblem: ApiProblem | null
}) {
  const t = useTranslations('account')
  const problemText = useProblemText()
  const errorsOf = useAccountRules()
  const form = useRef<HTMLFormElement>(null)
  const [email, setEmail] = useState('')
  const [password, setPassword] = useState('')
  const [tried, setTried] = useState(false)
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState(initialProblem)
  const missing = [...(email.trim() === '' ? ['email'] : []), ...(password === '' ? ['password'] : [])]
  const issues = missing.map((path) => ({ path, rule: 'missing' }))
  const errors = tried ? errorsOf(issues, { email, name: '', password }) : {}

  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (missing.length > 0) return focusFirstMistake(form.current)
    setPending(true)
    setProblem(null)
    const answer = await signInByPassword(email, password)
    // A full load, so that nothing that was rendered for a visitor stays on the page.
    if (answer.ok) return window.location.assign(next)
    setPending(false)
    setProblem(answer.problem)
  }

  return (
    <>
      <Providers providers={providers} next={next} onProblem={setProblem} />
      <form
        ref={form}
        method="post"
        noValidate
        onSubmit={(event) => void submit(event)}
        className="flex flex-col gap-5"
      >
        {problem && (
          <Alert tone="bad" live="assertive">
            {problemText(problem)}
          </Alert>
        )}
        <Field label={t('fields.email')} error={errors.email}>
          {(control) => (
            <Input
              {...control}
              name="email"
              type="email"
              autoComplete="username"
              autoCapitalize="none"
              value={email}
              onChange={(event) => setEmail(event.target.value)}
            />
          )}
        </Field>
        <PasswordField
          label={t('fields.password')}
          autoComplete="current-password"
          value={password}
          error={errors.password}
          onChange={setPassword}
        />
        <Button type="submit" tone="primary" size="large" pending={pending}>
          {t('signIn.submit')}
        </Button>
      </form>
    </>
  )
}
