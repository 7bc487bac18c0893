'use client'

import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { useState } from 'react'
import { JoinSettingsBody, type JoinView } from '@/lib/contract/class'
import { SaveForm } from '../../../../_session/save-form'
import { useProblemText } from '../../../../_session/use-problem-text'
import { useSend } from '../../../../_session/use-send'
import { Button } from '../../../../_ui/button'
import { ConfirmDialog } from '../../../../_ui/confirm-dialog'
import { Field, Input } from '../../../../_ui/field'
import { spellCode } from '../../../_components/spell-code'

/** Opens and closes joining by code, gives it an end, and replaces the code. */
export function JoinSettings({ classId, join, timeZone }: { classId: string; join: JoinView; timeZone: string }) {
  const t = useTranslations('classes')
  const [open, setOpen] = useState(join.open)
  const [until, setUntil] = useState(join.untilLocal ?? '')
  const parsed = JoinSettingsBody.safeParse({ open, until: until === '' ? null : until })

  return (
    <div className="flex flex-col gap-8">
      <SaveForm path={`/api/classes/${classId}/join-code`} body={parsed.success ? parsed.data : null} tone="primary">
        <label className="flex items-center gap-2.5 text-ui font-medium">
          <input
            type="checkbox"
            checked={open}
            onChange={(event) => setOpen(event.target.checked)}
            className="size-4.5 accent-accent"
          />
          {t('settings.openLabel')}
        </label>
        <Field
          label={t('settings.until')}
          help={t('settings.untilHelp', { zone: timeZone })}
          error={parsed.success ? null : t('settings.untilWrong')}
        >
          {(control) => (
            <Input
              {...control}
              name="until"
              type="datetime-local"
              className="max-w-60"
              value={until}
              onChange={(event) => setUntil(event.target.value)}
            />
          )}
        </Field>
      </SaveForm>
      <div className="flex flex-wrap items-center justify-between gap-3 border-t border-line pt-6">
        <p className="text-ui">
          {t('link.code')} <span className="ml-2 font-mono text-body font-medium">{spellCode(join.code)}</span>
        </p>
        <RotateCode classId={classId} />
      </div>
    </div>
  )
}

function RotateCode({ classId }: { classId: string }) {
  const t = useTranslations('classes.settings')
  const problemText = useProblemText()
  const router = useRouter()
  const { pending, problem, send } = useSend()
  const [open, setOpen] = useState(false)

  async function rotate() {
    const answer = await send('POST', `/api/classes/${classId}/join-code`)
    if (!answer.ok) return
    setOpen(false)
    router.refresh()
  }

  return (
    <ConfirmDialog
      open={open}
      onOpenChange={setOpen}
      trigger={<Button>{t('rotate')}</Button>}
      title={t('rotateConfirm')}
      description={t('rotateText')}
      problem={problem && problemText(problem)}
      cancelLabel={t('cancel')}
      confirmLabel={t('rotate')}
      pending={pending}
      onConfirm={() => void rotate()}
    />
  )
}
