'use client'

import { useTranslations } from 'next-intl'
import { useState } from 'react'
import { type ApiProblem, sendJson } from '../_session/api'
import { useProblemText } from '../_session/use-problem-text'
import { Alert } from '../_ui/alert'
import { Button } from '../_ui/button'
import { NewAccountForm } from './new-account-form'

const AFTERWARDS = '/admin'

/** Uses the one-time link, with the account of the session or with a new one. */
export function ClaimForm({ token, signedIn }: { token: string; signedIn: boolean }) {
  const t = useTranslations('account.claim')
  if (signedIn) return <ClaimButton token={token} />
  return (
    <NewAccountForm
      submitLabel={t('submit')}
      next={AFTERWARDS}
      create={(account) => sendJson('POST', '/api/admin/claim', { token, account })}
    />
  )
}

function ClaimButton({ token }: { token: string }) {
  const t = useTranslations('account.claim')
  const problemText = useProblemText()
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)

  async function claim() {
    setPending(true)
    setProblem(null)
    const answer = await sendJson('POST', '/api/admin/claim', { token })
    if (answer.ok) return window.location.assign(AFTERWARDS)
    setPending(false)
    setProblem(answer.problem)
  }

  return (
    <div className="flex flex-col items-start gap-4">
      {problem && (
        <Alert tone="bad" live="assertive">
          {problemText(problem)}
        </Alert>
      )}
      <Button tone="primary" size="large" pending={pending} onClick={() => void claim()}>
        {t('submitSignedIn')}
      </Button>
    </div>
  )
}
