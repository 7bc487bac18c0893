'use client'

import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import type { Person } from '@/lib/contract/account'
import { type StandingAction, type StandingBody, StandingView } from '@/lib/contract/leaderboard'
import { type ApiProblem, getJson } from '../../../_session/api'
import { useProblemText } from '../../../_session/use-problem-text'
import { useSend } from '../../../_session/use-send'
import { Alert } from '../../../_ui/alert'
import { ConfirmDialog } from '../../../_ui/confirm-dialog'
import { Field, Textarea } from '../../../_ui/field'
import { StandingHistory } from './standing-history'

const MAX_REASON = 500

/** What each action makes of a standing. */
const EFFECTS = {
  'person.suspended': { suspended: true }, 'person.readmitted': { suspended: false },
  'person.barred': { barred: true }, 'person.unbarred': { barred: false },
} as const satisfies Record<StandingAction, Partial<StandingBody>>

/** Says what suspending somebody, or keeping them off leaderboards, does to them and to their classes, and does it. */
export function StandingDialog({ person, action, onClose }: {
  person: Person
  action: StandingAction
  onClose: () => void
}) {
  const t = useTranslations('admin.standing')
  const problemText = useProblemText()
  const router = useRouter()
  const { pending, problem, send } = useSend()
  const path = `/api/admin/people/${person.id}/standing`
  const { view, failure } = useStanding(path)
  const [reason, setReason] = useState('')
  const alone = action === 'person.suspended' ? (view?.leadsAlone ?? []) : []
  const shown = problem ?? failure

  async function confirm() {
    if (!view) return
    const { suspended, barred } = view.person
    const body: StandingBody = { suspended, barred, reason, ...EFFECTS[action] }
    const answer = await send('PUT', path, body)
    if (!answer.ok) return
    onClose()
    router.refresh()
  }

  return (
    <ConfirmDialog
      open
      onOpenChange={onClose}
      title={t(`${action}.title`, { name: person.name })}
      description={t(`${action}.text`)}
      problem={shown && problemText(shown)}
      tone={action === 'person.suspended' || action === 'person.barred' ? 'danger' : 'primary'}
      cancelLabel={t('cancel')}
      confirmLabel={t(`${action}.confirm`)}
      pending={pending || (!view && !failure)}
      onConfirm={() => void confirm()}
    >
      <div className="flex flex-col gap-5">
        {alone.length > 0 && (
          <Alert tone="warn" live="polite" title={t('alone', { count: alone.length })}>
            <ul className="list-disc pl-5">
              {alone.map(({ id, name }) => (
                <li key={id} className="wrap-anywhere">
                  {name}
                </li>
              ))}
            </ul>
            <p className="mt-1">{t('aloneText')}</p>
          </Alert>
        )}
        <Field label={t('reason')} help={t('reasonHelp')}>
          {(control) => (
            <Textarea
              {...control}
              name="reason"
              maxLength={MAX_REASON}
              value={reason}
              onChange={(event) => setReason(event.target.value)}
            />
          )}
        </Field>
        {view && view.history.length > 0 && <StandingHistory history={view.history} />}
      </div>
    </ConfirmDialog>
  )
}

/** What the server knows of the standing, asked once when the dialog opens. */
function useStanding(path: string): { view: StandingView | null; failure: ApiProblem | null } {
  const [view, setView] = useState<StandingView | null>(null)
  const [failure, setFailure] = useState<ApiProblem | null>(null)
  useEffect(() => {
    let isClosed = false
    void getJson(path).then((answer) => {
      if (isClosed) return
      if (answer.ok) setView(StandingView.parse(answer.data))
      else setFailure(answer.problem)
    })
    return () => {
      isClosed = true
    }
  }, [path])
  return { view, failure }
}
