'use client'

import { useTranslations } from 'next-intl'
import { useRouter } from 'next/navigation'
import { useEffect, useState } from 'react'
import { cx } from '../_ui/cx'

const SECOND = 1_000
const MINUTE = 60 * SECOND
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

/**
 * How long it is until a moment, going on by itself; when it has come, the page is asked anew. The place it takes stays
 * the same from the first picture on.
 * @param now when the server drew it, so that both sides begin with the same words
 */
export function TimeLeft({ until, now, className }: { until: number; now: number; className?: string }) {
  const t = useTranslations('sets.left')
  const router = useRouter()
  const [left, setLeft] = useState(until - now)
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout>
    const tick = () => {
      const remaining = until - Date.now()
      setLeft(remaining)
      if (remaining <= 0) return router.refresh()
      // A second for the last hour, else whenever the minute changes.
      timer = setTimeout(tick, remaining <= HOUR ? remaining % SECOND || SECOND : remaining % MINUTE || MINUTE)
    }
    // The clock of this computer may be another one than the server's, by a moment or for good.
    timer = setTimeout(tick, SECOND)
    return () => clearTimeout(timer)
  }, [until, router])
  return (
    <span className={cx('inline-block min-w-[8.5em] whitespace-nowrap figures', className)}>
      {textOf(Math.max(0, left), t)}
    </span>
  )
}

function textOf(left: number, t: ReturnType<typeof useTranslations<'sets.left'>>): string {
  const whole = (unit: number, within = Infinity) => Math.floor((left % within) / unit)
  if (left >= DAY) return t('days', { days: whole(DAY), hours: whole(HOUR, DAY) })
  if (left > HOUR) return t('hours', { hours: whole(HOUR), minutes: whole(MINUTE, HOUR) })
  return t('minutes', { minutes: whole(MINUTE), seconds: String(whole(SECOND, MINUTE)).padStart(2, '0') })
}
