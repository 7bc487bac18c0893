'use client'

import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { RegradeState } from '@/lib/contract/regrade'
import { type ApiProblem, type ApiResult, sendJson } from '../_session/api'
import { useProblemText } from '../_session/use-problem-text'
import { Alert } from '../_ui/alert'
import { Button } from '../_ui/button'
import { ConfirmDialog } from '../_ui/confirm-dialog'

type Doing = 'state' | 'raise' | 'lower'

/**
 * Stops, goes on, or applies. Lowering scores is a choice of its own, and is asked about.
 * @param path of the regrade
 */
export function RegradeActions({ path, state, losses }: { path: string; state: RegradeState; losses: number }) {
  const t = useTranslations('regrades')
  const problemText = useProblemText()
  const router = useRouter()
  const [doing, setDoing] = useState<Doing | null>(null)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const [asking, setAsking] = useState(false)

  async function run(what: Doing, request: Promise<ApiResult>) {
    setDoing(what)
    setProblem(null)
    const answer = await request
    setDoing(null)
    setAsking(false)
    if (!answer.ok) setProblem(answer.problem)
    router.refresh()
  }
  const setState = (next: 'running' | 'stopped') =>
    void run('state', sendJson('PUT', `/api${path}/state`, { state: next }))
  const apply = (lower: boolean) =>
    void run(lower ? 'lower' : 'raise', sendJson('POST', `/api${path}/apply`, { lower }))

  return (
    <div className="flex flex-col gap-4">
      {problem && (
        <Alert tone="warn" live="assertive">
          {problem.code === 'conflict' ? t('changed') : problemText(problem)}
        </Alert>
      )}
      <div className="flex flex-wrap gap-2">
        {state === 'running' && (
          <Button pending={doing === 'state'} onClick={() => setState('stopped')}>
            {t('stop')}
          </Button>
        )}
        {state === 'stopped' && (
          <Button tone="primary" pending={doing === 'state'} onClick={() => setState('running')}>
            {t('resume')}
          </Button>
        )}
        {state === 'graded' && (
          <Button tone="primary" pending={doing === 'raise'} onClick={() => apply(false)}>
            {t('raise')}
          </Button>
        )}
        {(state === 'graded' || state === 'applied') && losses > 0 && (
          <ConfirmDialog
            open={asking}
            onOpenChange={setAsking}
            trigger={<Button tone="danger">{t('lower')}</Button>}
            title={t('lowerConfirm', { count: losses })}
            description={t('lowerText')}
            cancelLabel={t('cancel')}
            confirmLabel={t('lower')}
            pending={doing === 'lower'}
            onConfirm={() => apply(true)}
          />
        )}
      </div>
    </div>
  )
}
