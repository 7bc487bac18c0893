'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { type ApiProblem, sendJson } from '../../_session/api'
import { useProblemText } from '../../_session/use-problem-text'
import { Button } from '../../_ui/button'
import { ConfirmDialog } from '../../_ui/confirm-dialog'

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
    <ConfirmDialog
      trigger={<Button tone="danger">{t('submit')}</Button>}
      title={t('confirm')}
      description={t('confirmText')}
      problem={problem && problemText(problem)}
      cancelLabel={t('cancel')}
      confirmLabel={t('submit')}
      pending={pending}
      onConfirm={() => void signOut()}
    />
  )
}
