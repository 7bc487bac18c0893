'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { useRequest } from '../_marking/use-request'
import { sendJson } from '../_session/api'
import { useProblemText } from '../_session/use-problem-text'
import { Button } from '../_ui/button'
import { ConfirmDialog } from '../_ui/confirm-dialog'

/** Stops sharing, after asking. */
export function StopDialog({ exercise }: { exercise: string }) {
  const t = useTranslations('solutions.sharing')
  const problemText = useProblemText()
  const { run, pending, problem, clear } = useRequest()
  const [open, setOpen] = useState(false)
  return (
    <ConfirmDialog
      trigger={<Button size="small" tone="quiet">{t('stop')}</Button>}
      open={open}
      onOpenChange={(next) => {
        setOpen(next)
        clear()
      }}
      title={t('stopDialog.title')}
      description={t('stopDialog.text')}
      problem={problem && problemText(problem)}
      cancelLabel={t('dialog.cancel')}
      confirmLabel={t('stopDialog.confirm')}
      pending={pending}
      onConfirm={() => void run(() => sendJson('DELETE', `/api/exercises/${exercise}/solutions/own`), () => setOpen(false))}
    />
  )
}
