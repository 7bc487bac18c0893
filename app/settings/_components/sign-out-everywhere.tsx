'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { type ApiProblem, sendJson } from '../../_session/api'
import { useProblemText } from '../../_session/use-problem-text'
import { Alert } from '../../_ui/alert'
import { Button } from '../../_ui/button'
import { Dialog, DialogClose } from '../../_ui/dialog'

export function SignOutEverywhere() {
  const t = useTranslations('settings.sessions')
  const problemText = useProblemText()
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)

  async function signOut() {
    setPending(true)
    setProblem(null)
    const answer = await sendJson('DELETE', '/api/account/sessions')
    if (answer.ok) return window.location.assign('/')
    setPending(false)
    setProblem(answer.problem)
  }

  return (
    <Dialog
      trigger={<Button tone="danger">{t('submit')}</Button>}
      title={t('confirm')}
      description={t('confirmText')}
      footer={
        <>
          <DialogClose asChild>
            <Button>{t('cancel')}</Button>
          </DialogClose>
          <Button tone="danger" pending={pending} onClick={() => void signOut()}>
            {t('submit')}
          </Button>
        </>
      }
    >
      {problem && (
        <Alert tone="bad" live="assertive">
          {problemText(problem)}
        </Alert>
      )}
    </Dialog>
  )
}
