'use client'

import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { useId, useState } from 'react'
import { useRequest } from '../_marking/use-request'
import { sendJson } from '../_session/api'
import { useProblemText } from '../_session/use-problem-text'
import { Button } from '../_ui/button'
import { ConfirmDialog } from '../_ui/confirm-dialog'

/** Says what sharing means and asks whether to sign, then shares. */
export function ShareDialog({ exercise, submission, handle, isPublic, signed, replaces = false, label }: {
  exercise: string
  submission: string
  /** Null for somebody who has none. */
  handle: string | null
  isPublic: boolean
  /** How it is shared already; undefined while it is not. */
  signed?: boolean
  /** Whether another submission is shared now. */
  replaces?: boolean
  label: string
}) {
  const t = useTranslations('solutions.sharing.dialog')
  const problemText = useProblemText()
  const { run, pending, problem, clear } = useRequest()
  const [open, setOpen] = useState(false)
  const [signs, setSigns] = useState(signed ?? false)
  const id = useId()
  const isNew = signed === undefined

  function show(next: boolean) {
    setOpen(next)
    setSigns(signed ?? false)
    clear()
  }

  function share() {
    const body = { submission, signed: signs && handle !== null }
    void run(() => sendJson('PUT', `/api/exercises/${exercise}/solutions/own`, body), () => setOpen(false))
  }

  return (
    <ConfirmDialog
      trigger={<Button size="small" tone={isNew && !replaces ? 'primary' : 'secondary'}>{label}</Button>}
      open={open}
      onOpenChange={show}
      title={t('title')}
      description={t('text')}
      problem={problem && problemText(problem)}
      tone="primary"
      cancelLabel={t('cancel')}
      confirmLabel={t(isNew ? 'confirm' : 'save')}
      pending={pending}
      onConfirm={share}
    >
      <div className="mb-4 flex flex-col gap-4 text-ui">
        <p className="text-ink-soft">{t('classes')}</p>
        {replaces && <p className="text-ink-soft">{t('replaces')}</p>}
        {handle === null ? (
          <p>{t.rich('noHandle', { settings: (words) => <Link href="/settings#profile" className="text-link">{words}</Link> })}</p>
        ) : (
          <div className="flex items-start gap-3">
            <input
              id={id}
              type="checkbox"
              checked={signs}
              aria-describedby={`${id}-help`}
              onChange={(event) => setSigns(event.target.checked)}
              className="mt-1 size-4 shrink-0 accent-accent"
            />
            <div>
              <label htmlFor={id} className="font-medium">
                {t('sign', { handle })}
              </label>
              <p id={`${id}-help`} className="text-small text-ink-soft">
                {t(isPublic ? 'signPublic' : 'signPrivate')}
              </p>
            </div>
          </div>
        )}
      </div>
    </ConfirmDialog>
  )
}
