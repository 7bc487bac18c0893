'use client'

import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import type { ReactNode } from 'react'
import { JoinPreview } from '@/lib/contract/class'
import { useProblemText } from '../../../_session/use-problem-text'
import { useSend } from '../../../_session/use-send'
import { Alert } from '../../../_ui/alert'
import { Button } from '../../../_ui/button'

/** Joins the class and goes there; `cancel` stands beside it. */
export function JoinButton({ code, cancel }: { code: string; cancel: ReactNode }) {
  const t = useTranslations('classes.join')
  const problemText = useProblemText()
  const router = useRouter()
  const { pending, problem, send } = useSend()

  async function join() {
    const answer = await send('POST', '/api/classes/join', { code })
    if (answer.ok) router.push(`/classes/${JoinPreview.parse(answer.data).classId}`)
  }

  return (
    <>
      {problem && (
        <Alert tone="bad" live="assertive">
          {problemText(problem)}
        </Alert>
      )}
      <div className="flex flex-wrap gap-3">
        <Button tone="primary" pending={pending} onClick={() => void join()}>
          {t('action')}
        </Button>
        {cancel}
      </div>
    </>
  )
}
