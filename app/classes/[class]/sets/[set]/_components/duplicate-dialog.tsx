'use client'

import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { type FormEvent, useState } from 'react'
import { MAX_SHIFT_DAYS, SetPlace } from '@/lib/contract/problem-set'
import { type ApiProblem, sendJson } from '../../../../../_session/api'
import { useProblemText } from '../../../../../_session/use-problem-text'
import { Alert } from '../../../../../_ui/alert'
import { Button } from '../../../../../_ui/button'
import { Dialog, DialogClose } from '../../../../../_ui/dialog'
import { Field, Input } from '../../../../../_ui/field'
import { Select } from '../../../../../_ui/select'
import type { ActedOn } from './set-actions'

/** Copies a set as a draft, with all dates moved by whole days. */
export function DuplicateDialog({ classId, set, classes }: {
  classId: string
  set: ActedOn
  classes: { id: string; name: string }[]
}) {
  const t = useTranslations('sets.duplicate')
  const problemText = useProblemText()
  const router = useRouter()
  const [target, setTarget] = useState(classes.some(({ id }) => id === classId) ? classId : (classes[0]?.id ?? classId))
  const [days, setDays] = useState('7')
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)
  const isWhole = /^-?\d{1,4}$/.test(days.trim()) && Math.abs(Number(days)) <= MAX_SHIFT_DAYS

  async function duplicate(event: FormEvent) {
    event.preventDefault()
    setPending(true)
    const body = { classId: target, days: Number(days) }
    const answer = await sendJson('POST', `/api/classes/${classId}/sets/${set.id}/duplicate`, body)
    if (answer.ok) {
      const place = SetPlace.parse(answer.data)
      return router.push(`/classes/${place.classId}/sets/${place.id}/edit`)
    }
    setPending(false)
    setProblem(answer.problem)
  }

  return (
    <Dialog
      trigger={<Button tone="quiet">{t('action')}</Button>} title={t('title', { title: set.title })}
      description={t('text')}
    >
      <form method="post" onSubmit={(event) => void duplicate(event)} className="flex flex-col gap-4">
        {problem && <Alert tone="warn" live="assertive">{problemText(problem)}</Alert>}
        <Field label={t('class')}>
          {(control) => (
            <Select {...control} value={target} onChange={setTarget}>
              {classes.map(({ id, name }) => (
                <option key={id} value={id}>
                  {name}
                </option>
              ))}
            </Select>
          )}
        </Field>
        <Field label={t('days')} help={t('daysHelp')} error={isWhole ? null : t('daysWrong', { most: MAX_SHIFT_DAYS })}>
          {(control) => (
            <Input
              {...control} inputMode="numeric" value={days} onChange={(event) => setDays(event.target.value)}
              className="w-32"
            />
          )}
        </Field>
        <div className="mt-2 flex flex-wrap justify-end gap-2">
          <DialogClose asChild>
            <Button>{t('cancel')}</Button>
          </DialogClose>
          <Button type="submit" tone="primary" pending={pending} disabled={!isWhole}>
            {t('action')}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}
