'use client'

import { useTranslations } from 'next-intl'
import { type FormEvent, type ReactNode, useRef, useState } from 'react'
import { ClassBody } from '@/lib/contract/class'
import { focusFirstMistake } from '../../_account/focus-first-mistake'
import type { ApiResult } from '../../_session/api'
import { useProblemText } from '../../_session/use-problem-text'
import { useSend } from '../../_session/use-send'
import { TimeZoneSelect } from '../../_time-zone/time-zone-select'
import { Alert } from '../../_ui/alert'
import { Button } from '../../_ui/button'
import { Field, Input } from '../../_ui/field'
import { SavedNote } from '../../_ui/saved-note'

interface Values {
  name: string
  term: string
  timeZone: string
  /** As typed. */
  graceDays: string
}

/** Name, term, time zone and grace days of a class, to make one or to change it. */
export function ClassForm({ initial, zones, target, submitLabel, cancel, onDone }: {
  initial: ClassBody
  zones: string[]
  /** Where the form is sent. */
  target: { method: 'POST' | 'PUT'; path: string }
  submitLabel: string
  cancel?: ReactNode
  onDone: (data: unknown) => void
}) {
  const t = useTranslations('classes.form')
  const problemText = useProblemText()
  const form = useRef<HTMLFormElement>(null)
  const [values, setValues] = useState<Values>({ ...initial, graceDays: String(initial.graceDays) })
  const [tried, setTried] = useState(false)
  const [saved, setSaved] = useState(false)
  const { pending, problem, send } = useSend()

  const graceDays = /^\d+$/.test(values.graceDays.trim()) ? Number(values.graceDays) : Number.NaN
  const parsed = ClassBody.safeParse({ ...values, graceDays })
  const wrong = new Set(tried && !parsed.success ? parsed.error.issues.map(({ path }) => path[0]) : [])

  function set<K extends keyof Values>(field: K, value: Values[K]) {
    setValues({ ...values, [field]: value })
    setSaved(false)
  }

  async function submit(event: FormEvent) {
    event.preventDefault()
    setTried(true)
    if (!parsed.success) return focusFirstMistake(form.current)
    const answer: ApiResult = await send(target.method, target.path, parsed.data)
    if (!answer.ok) return
    setSaved(true)
    onDone(answer.data)
  }

  return (
    <form ref={form} method="post" noValidate onSubmit={(event) => void submit(event)} className="flex flex-col gap-5">
      {problem && (
        <Alert tone="bad" live="assertive">
          {problemText(problem)}
        </Alert>
      )}
      <Field
        label={t('name')}
        error={wrong.has('name') ? t(values.name.trim() === '' ? 'nameMissing' : 'nameLong') : null}
      >
        {(control) => (
          <Input
            {...control}
            name="name"
            autoComplete="off"
            placeholder={t('namePlaceholder')}
            value={values.name}
            onChange={(event) => set('name', event.target.value)}
          />
        )}
      </Field>
      <Field label={t('term')} help={t('termHelp')} error={wrong.has('term') ? t('termLong') : null}>
        {(control) => (
          <Input
            {...control}
            name="term"
            autoComplete="off"
            placeholder={t('termPlaceholder')}
            value={values.term}
            onChange={(event) => set('term', event.target.value)}
          />
        )}
      </Field>
      <Field label={t('zone')} help={t('zoneHelp')}>
        {(control) => (
          <TimeZoneSelect
            control={control} zones={zones} other={t('zoneOther')} value={values.timeZone}
            onChange={(zone) => set('timeZone', zone)}
          />
        )}
      </Field>
      <Field label={t('grace')} help={t('graceHelp')} error={wrong.has('graceDays') ? t('graceWrong') : null}>
        {(control) => (
          <Input
            {...control}
            name="graceDays"
            inputMode="numeric"
            autoComplete="off"
            className="max-w-24"
            value={values.graceDays}
            onChange={(event) => set('graceDays', event.target.value)}
          />
        )}
      </Field>
      <div className="flex items-center gap-3">
        <Button type="submit" tone="primary" pending={pending}>
          {submitLabel}
        </Button>
        {cancel}
        <SavedNote shown={saved} />
      </div>
    </form>
  )
}
