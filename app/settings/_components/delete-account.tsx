'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { PasswordField } from '../../_account/password-field'
import { type ApiProblem, sendJson } from '../../_session/api'
import { useProblemText } from '../../_session/use-problem-text'
import { Alert } from '../../_ui/alert'
import { Button } from '../../_ui/button'
import { Dialog, DialogClose } from '../../_ui/dialog'
import { Field, Input } from '../../_ui/field'

/** Deletes the account, after its address and its password, if it has one, were typed. */
export function DeleteAccount({ withPassword }: { withPassword: boolean }) {
  const t = useTranslations('settings.delete')
  const password = useTranslations('settings.password')
  const problemText = useProblemText()
  const [values, setValues] = useState({ email: '', password: '' })
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)

  function textOf(found: ApiProblem): string {
    if (found.code === 'bad-request') return problemText({ ...found, code: 'wrong-credentials' })
    if (found.code !== 'last-instructor') return problemText(found)
    return t('alone', { classes: found.issues.flatMap(({ message }) => message ?? []).join(' · ') })
  }

  async function remove(event: FormEvent) {
    event.preventDefault()
    setPending(true)
    setProblem(null)
    const body = { email: values.email, ...(withPassword ? { password: values.password } : {}) }
    const answer = await sendJson('DELETE', '/api/account', body)
    if (answer.ok) return window.location.assign('/')
    setPending(false)
    setProblem(answer.problem)
  }

  return (
    <Dialog
      trigger={<Button tone="danger">{t('submit')}</Button>}
      title={t('confirm')}
      description={t('removes')}
    >
      <form method="post" noValidate onSubmit={(event) => void remove(event)} className="flex flex-col gap-5">
        {problem && (
          <Alert tone="bad" live="assertive">
            {textOf(problem)}
          </Alert>
        )}
        <p className="text-ui text-ink-soft">{t('keeps')}</p>
        <Field label={t('email')}>
          {(control) => (
            <Input
              {...control}
              name="email"
              type="email"
              autoComplete="off"
              value={values.email}
              onChange={(event) => setValues({ ...values, email: event.target.value })}
            />
          )}
        </Field>
        {withPassword && (
          <PasswordField
            label={password('current')}
            name="password"
            autoComplete="current-password"
            value={values.password}
            onChange={(next) => setValues({ ...values, password: next })}
          />
        )}
        <div className="flex flex-wrap justify-end gap-2">
          <DialogClose asChild>
            <Button>{t('cancel')}</Button>
          </DialogClose>
          <Button type="submit" tone="danger" pending={pending} disabled={values.email === ''}>
            {t('submit')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
