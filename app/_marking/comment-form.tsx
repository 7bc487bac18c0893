'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { MAX_COMMENT_LENGTH } from '@/lib/contract/marking'
import type { ApiResult } from '../_session/api'
import { useProblemText } from '../_session/use-problem-text'
import { Alert } from '../_ui/alert'
import { Button } from '../_ui/button'
import { Field, Textarea } from '../_ui/field'
import { useRequest } from './use-request'

/** Where a comment is written or reworded. Ctrl or Cmd with Enter sends it, Escape gives it up. */
export function CommentForm({ label, initial = '', focus = true, send, onDone, onCancel }: {
  label: string
  initial?: string
  /** Whether to begin typing at once. */
  focus?: boolean
  send: (body: string) => Promise<ApiResult>
  /** When the page shows what was sent. */
  onDone?: () => void
  onCancel?: () => void
}) {
  const t = useTranslations('comments')
  const problemText = useProblemText()
  const [body, setBody] = useState(initial)
  const { run, pending, problem } = useRequest()
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    if (focus) form.current?.querySelector('textarea')?.focus()
  }, [focus])

  function submit(event: FormEvent) {
    event.preventDefault()
    if (body.trim() === '' || pending) return
    void run(() => send(body), () => {
      setBody('')
      onDone?.()
    })
  }
  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) submit(event)
    if (event.key === 'Escape' && body === initial) onCancel?.()
  }

  return (
    <form ref={form} method="post" noValidate onSubmit={submit} className="flex flex-col gap-3">
      {problem && (
        <Alert tone="bad" live="assertive">
          {problemText(problem)}
        </Alert>
      )}
      <Field label={label}>
        {(control) => (
          <Textarea
            {...control}
            name="comment"
            maxLength={MAX_COMMENT_LENGTH}
            value={body}
            onChange={(event) => setBody(event.target.value)}
            onKeyDown={onKeyDown}
            className="min-h-20 text-ui"
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" size="small" tone="primary" pending={pending} disabled={body.trim() === ''}>
          {initial === '' ? t('add') : t('save')}
        </Button>
        {onCancel && (
          <Button size="small" tone="quiet" onClick={onCancel}>
            {t('cancel')}
          </Button>
        )}
      </div>
    </form>
  )
}
