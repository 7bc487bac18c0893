'use client'

import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { NameBody } from '@/lib/contract/account'
import { issuesOf, useAccountRules } from '../../_account/use-account-rules'
import { type ApiProblem, sendJson } from '../../_session/api'
import { useProblemText } from '../../_session/use-problem-text'
import { Alert } from '../../_ui/alert'
import { Button } from '../../_ui/button'
import { Field, Input } from '../../_ui/field'
import { SavedNote } from '../../_ui/saved-note'

export function ProfileForm({ name, email }: { name: string; email: string }) {
  const t = useTranslations('settings')
  const problemText = useProblemText()
  const errorsOf = useAccountRules()
  const router = useRouter()
  const [value, setValue] = useState(name)
  const [state, setState] = useState<'idle' | 'pending' | 'saved'>('idle')
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const parsed = NameBody.safeParse({ name: value })
  const errors = parsed.success ? {} : errorsOf(issuesOf(parsed.error), { email, name: value, password: '' })

  async function submit(event: FormEvent) {
    event.preventDefault()
    if (!parsed.success) return
    setState('pending')
    setProblem(null)
    const answer = await sendJson('PUT', '/api/account/name', parsed.data)
    setState(answer.ok ? 'saved' : 'idle')
    if (!answer.ok) return setProblem(answer.problem)
    router.refresh()
  }

  return (
    <form method="post" noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-5">
      {problem && (
        <Alert tone="bad" live="assertive">
          {problemText(problem)}
        </Alert>
      )}
      <Field label={t('profile.name')} error={errors.name}>
        {(control) => (
          <Input
            {...control}
            name="name"
            autoComplete="name"
            maxLength={80}
            value={value}
            onChange={(event) => {
              setValue(event.target.value)
              setState('idle')
            }}
          />
        )}
      </Field>
      <Field label={t('profile.email')} help={t('profile.emailHelp')}>
        {(control) => <Input {...control} value={email} readOnly />}
      </Field>
      <div className="flex items-center gap-3">
        <Button type="submit" pending={state === 'pending'} disabled={value === name || !parsed.success}>
          {t('save')}
        </Button>
        <SavedNote shown={state === 'saved'}>{t('saved')}</SavedNote>
      </div>
    </form>
  )
}
