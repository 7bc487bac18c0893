'use client'

import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { useState, useSyncExternalStore } from 'react'
import { useProblemText } from '../../_session/use-problem-text'
import { useSend } from '../../_session/use-send'
import { TimeZoneSelect } from '../../_time-zone/time-zone-select'
import { Alert } from '../../_ui/alert'
import { Button } from '../../_ui/button'
import { Field } from '../../_ui/field'
import { SavedNote } from '../../_ui/saved-note'

const never = () => () => {}

/** Chooses the time zone by whose clocks active days are counted; it is kept at once. */
export function DaysForm({ initial, zones }: { initial: string; zones: string[] }) {
  const t = useTranslations('settings')
  const problemText = useProblemText()
  const router = useRouter()
  const { pending, problem, send } = useSend()
  const [zone, setZone] = useState(initial)
  const [saved, setSaved] = useState(false)
  const here = useSyncExternalStore(never, () => Intl.DateTimeFormat().resolvedOptions().timeZone, () => initial)

  async function choose(next: string) {
    const before = zone
    setZone(next)
    setSaved(false)
    const answer = await send('PUT', '/api/account/time-zone', { timeZone: next })
    if (!answer.ok) return setZone(before)
    setSaved(true)
    router.refresh()
  }

  return (
    <div className="flex flex-col gap-4">
      {problem && (
        <Alert tone="bad" live="assertive">
          {problemText(problem)}
        </Alert>
      )}
      <Field label={t('days.zone')} help={t('days.help')}>
        {(control) => (
          <TimeZoneSelect
            control={control} zones={zones} other={t('days.other')} value={zone} onChange={(next) => void choose(next)}
          />
        )}
      </Field>
      <div className="flex min-h-9 flex-wrap items-center gap-3">
        {here !== zone && (
          <Button
            pending={pending} className="h-auto! min-h-9 py-1.5 whitespace-normal!" onClick={() => void choose(here)}
          >
            {t('days.here', { zone: here.replaceAll('_', ' ') })}
          </Button>
        )}
        <SavedNote shown={saved} />
      </div>
    </div>
  )
}
