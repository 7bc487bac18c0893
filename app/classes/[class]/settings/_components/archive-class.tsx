'use client'

import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { useProblemText } from '../../../../_session/use-problem-text'
import { useSend } from '../../../../_session/use-send'
import { Alert } from '../../../../_ui/alert'
import { Button } from '../../../../_ui/button'
import { ConfirmDialog } from '../../../../_ui/confirm-dialog'

/** Archives the class, after asking, or brings it back. */
export function ArchiveClass({ classId, name, isArchived }: { classId: string; name: string; isArchived: boolean }) {
  const t = useTranslations('classes.settings')
  const problemText = useProblemText()
  const router = useRouter()
  const { pending, problem, send } = useSend()
  const [open, setOpen] = useState(false)

  async function archive(archived: boolean) {
    const answer = await send('PUT', `/api/classes/${classId}/archive`, { archived })
    if (!answer.ok) return
    setOpen(false)
    router.refresh()
  }

  if (isArchived) {
    return (
      <div className="flex flex-col items-start gap-4">
        {problem && (
          <Alert tone="bad" live="assertive">
            {problemText(problem)}
          </Alert>
        )}
        <Button tone="primary" pending={pending} onClick={() => void archive(false)}>
          {t('back')}
        </Button>
      </div>
    )
  }
  return (
    <ConfirmDialog
      open={open}
      onOpenChange={setOpen}
      trigger={<Button tone="danger">{t('archiveAction')}</Button>}
      title={t('archiveConfirm', { name })}
      description={t('archiveConfirmText')}
      problem={problem && problemText(problem)}
      cancelLabel={t('cancel')}
      confirmLabel={t('archiveAction')}
      pending={pending}
      onConfirm={() => void archive(true)}
    />
  )
}
