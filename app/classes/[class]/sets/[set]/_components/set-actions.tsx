'use client'

import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import type { EarlyAttempts } from '@/lib/contract/problem-set'
import { type ApiProblem, sendJson } from '../../../../../_session/api'
import { useProblemText } from '../../../../../_session/use-problem-text'
import { Alert } from '../../../../../_ui/alert'
import { Button } from '../../../../../_ui/button'
import { ConfirmDialog } from '../../../../../_ui/confirm-dialog'
import { DeleteDialog } from './delete-dialog'
import { DuplicateDialog } from './duplicate-dialog'

/** A set as far as its actions need it. */
export interface ActedOn {
  id: string
  title: string
  published: boolean
  empty: boolean
  /** Of a draft: what publishing it would find. */
  early: EarlyAttempts | null
}

/** What can be done with a set besides editing it: publish, copy, delete. */
export function SetActions({ classId, set, mayChange, classes }: {
  classId: string
  set: ActedOn
  mayChange: boolean
  classes: { id: string; name: string }[]
}) {
  return (
    <>
      {classes.length > 0 && <DuplicateDialog classId={classId} set={set} classes={classes} />}
      {mayChange && <DeleteDialog classId={classId} set={set} />}
      {mayChange && !set.published && !set.empty && (
        <PublishDialog path={`/api/classes/${classId}/sets/${set.id}/publish`} early={set.early} />
      )}
    </>
  )
}

function PublishDialog({ path, early }: { path: string; early: EarlyAttempts | null }) {
  const t = useTranslations('sets.publish')
  const problemText = useProblemText()
  const router = useRouter()
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)

  async function publish() {
    setPending(true)
    const answer = await sendJson('POST', path)
    setPending(false)
    setProblem(answer.ok ? null : answer.problem)
    if (answer.ok) router.refresh()
  }

  return (
    <ConfirmDialog
      trigger={<Button tone="primary">{t('action')}</Button>}
      title={t('title')}
      description={t('text')}
      problem={problem && problemText(problem)}
      problemTone="warn"
      tone="primary"
      cancelLabel={t('cancel')}
      confirmLabel={t('action')}
      pending={pending}
      onConfirm={() => void publish()}
    >
      {early && early.students > 0 && (
        <Alert tone="warn" title={t('early', { count: early.students })}>
          {t('earlyText')} {early.spent > 0 && t('spent', { count: early.spent })} {t('earlyAdvice')}
        </Alert>
      )}
    </ConfirmDialog>
  )
}
