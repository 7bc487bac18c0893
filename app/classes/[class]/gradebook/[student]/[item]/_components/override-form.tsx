'use client'

import { useLocale, useTranslations } from 'next-intl'
import { type FormEvent, useState } from 'react'
import { MAX_MARK, MAX_REASON_LENGTH } from '@/lib/contract/marking'
import { formatMark, parseMark } from '../../../../../../_marking/format-mark'
import type { useRequest } from '../../../../../../_marking/use-request'
import { Button } from '../../../../../../_ui/button'
import { Field, Input } from '../../../../../../_ui/field'

/** What the form does: give a mark, go back to the computed one, or undo the last change. */
export type Change = 'give' | 'drop' | 'undo'

/** Asks for a reason, and for the points where some are given. */
export function OverrideForm({ change, max, explanation, request, onSend, onCancel }: {
  change: Change
  /** Full points, hundredths. */
  max: number
  /** What will stand afterwards. */
  explanation?: string
  request: Pick<ReturnType<typeof useRequest>, 'pending'>
  onSend: (mark: number | null, reason: string) => void
  onCancel: () => void
}) {
  const t = useTranslations('gradebook.override')
  const locale = useLocale()
  const [points, setPoints] = useState('')
  const [reason, setReason] = useState('')
  const [tried, setTried] = useState(false)
  const mark = parseMark(points)
  const isRight = change !== 'give' || (mark !== null && mark <= MAX_MARK)

  function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (isRight && reason.trim() !== '') onSend(change === 'give' ? mark : null, reason)
  }

  return (
    <form method="post" noValidate onSubmit={submit} className="flex flex-col gap-4">
      {explanation && <p className="text-ui text-ink-soft">{explanation}</p>}
      {change === 'give' && (
        <Field
          label={t('points')}
          help={mark !== null && mark > max ? t('above') : t('pointsHelp', { max: formatMark(max, locale) })}
          error={tried && !isRight ? t('pointsWrong') : null}
        >
          {(control) => (
            <Input
              {...control} name="points" inputMode="decimal" autoComplete="off" autoFocus value={points}
              className="max-w-32 figures"
              onChange={(event) => setPoints(event.target.value)}
            />
          )}
        </Field>
      )}
      <Field label={t('reason')} help={t('reasonHelp')}>
        {(control) => (
          <Input
            {...control} name="reason" autoComplete="off" autoFocus={change !== 'give'} value={reason}
            maxLength={MAX_REASON_LENGTH}
            onChange={(event) => setReason(event.target.value)}
          />
        )}
      </Field>
      <div className="flex flex-wrap gap-2">
        <Button type="submit" tone="primary" pending={request.pending} disabled={reason.trim() === ''}>
          {t(change === 'give' ? 'save' : change)}
        </Button>
        <Button tone="quiet" onClick={onCancel}>
          {t('cancel')}
        </Button>
      </div>
    </form>
  )
}
