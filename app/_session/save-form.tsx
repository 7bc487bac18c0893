'use client'

import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { type FormEvent, type ReactNode, useState } from 'react'
import { Alert } from '../_ui/alert'
import { Button, type ButtonTone } from '../_ui/button'
import { SavedNote } from '../_ui/saved-note'
import { useProblemText } from './use-problem-text'
import { useSend } from './use-send'

/**
 * A form that keeps what its fields say at a route of this site. It tells why that failed, and that it was done until
 * one of the fields changes.
 * @param body what to send; null while a field is wrong
 * @param changed whether there is anything to save
 */
export function SaveForm({ path, body, changed = true, tone, onSaved, children }: {
  path: string
  body: object | null
  changed?: boolean
  tone?: ButtonTone
  onSaved?: () => void
  children: ReactNode
}) {
  const t = useTranslations('common')
  const problemText = useProblemText()
  const router = useRouter()
  const { pending, problem, send, forget } = useSend()
  const [saved, setSaved] = useState(false)

  async function save(event: FormEvent) {
    event.preventDefault()
    if (!body) return
    const answer = await send('PUT', path, body)
    setSaved(answer.ok)
    if (!answer.ok) return
    onSaved?.()
    router.refresh()
  }

  function touch() {
    setSaved(false)
    forget()
  }

  return (
    <form
      method="post" noValidate className="flex flex-col gap-5"
      onSubmit={(event) => void save(event)} onChange={touch}
    >
      {problem && (
        <Alert tone="bad" live="assertive">
          {problemText(problem)}
        </Alert>
      )}
      {children}
      <div className="flex items-center gap-3">
        <Button type="submit" tone={tone} pending={pending} disabled={!changed || !body}>
          {t('save')}
        </Button>
        <SavedNote shown={saved} />
      </div>
    </form>
  )
}
