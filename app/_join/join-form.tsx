'use client'

import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState, useTransition } from 'react'
import { Button } from '../_ui/button'
import { Field, Input } from '../_ui/field'

/** Takes the code of a class and goes to the page that asks whether to join. */
export function JoinForm() {
  const t = useTranslations('classes.join')
  const router = useRouter()
  const [code, setCode] = useState('')
  const [tried, setTried] = useState(false)
  const [pending, startTransition] = useTransition()
  const isEmpty = code.trim() === ''

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (!isEmpty) startTransition(() => router.push(`/join/${encodeURIComponent(code.trim())}`))
  }

  return (
    <form method="post" noValidate onSubmit={submit} className="max-w-md">
      <Field label={t('label')} error={tried && isEmpty ? t('missing') : null}>
        {(control) => (
          <span className="flex gap-2">
            <Input
              {...control}
              name="code"
              autoComplete="off"
              autoCapitalize="characters"
              spellCheck={false}
              maxLength={64}
              placeholder="XXXX-XXXX-XXXX"
              className="font-mono uppercase placeholder:normal-case"
              value={code}
              onChange={(event) => setCode(event.target.value)}
            />
            <Button type="submit" pending={pending} className="h-10">
              {t('submit')}
            </Button>
          </span>
        )}
      </Field>
    </form>
  )
}
