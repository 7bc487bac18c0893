'use client'

import { CloudOff, Pause, Play, Radio } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { LANGUAGE_TAGS } from '../_i18n/locale'
import { Button } from '../_ui/button'
import { useReaderZone } from '../_ui/use-reader-zone'
import type { Liveness } from './use-live-board'

/** Says whether the board follows what happens, as of when its figures are, and lets the reader stop and go on. */
export function LiveNote({ state, asOf, setPaused }: {
  state: Liveness
  /** Milliseconds since 1970. */
  asOf: number
  setPaused: (paused: boolean) => void
}) {
  const t = useTranslations('leaderboard.live')
  const tag = LANGUAGE_TAGS[useLocale()]
  const zone = useReaderZone()
  const time = new Intl.DateTimeFormat(tag, { timeStyle: 'medium', timeZone: zone }).format(asOf)
  const isPaused = state === 'paused'
  return (
    <p className="flex min-h-9 items-center gap-3 text-small text-ink-soft figures">
      <span suppressHydrationWarning className="flex items-center gap-1.5">
        {state === 'live' && <Radio aria-hidden className="size-4 shrink-0 text-good" />}
        {state === 'down' && <CloudOff aria-hidden className="size-4 shrink-0 text-warn" />}
        {state === 'live' ? t('live') : t(state, { time: zone === 'UTC' ? `${time} UTC` : time })}
      </span>
      <Button tone="quiet" size="small" disabled={state === 'down'} onClick={() => setPaused(!isPaused)}>
        {isPaused ? <Play aria-hidden /> : <Pause aria-hidden />}
        {t(isPaused ? 'resume' : 'pause')}
      </Button>
    </p>
  )
}
