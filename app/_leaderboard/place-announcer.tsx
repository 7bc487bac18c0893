'use client'

import { useTranslations } from 'next-intl'
import { useEffect, useRef, useState } from 'react'
import type { OwnPlace } from '@/lib/contract/leaderboard'

/** At most this often something is said, milliseconds. */
const EVERY_MS = 10_000

/** Tells people who listen to the page when their own place has changed: the latest one, and not all in between. */
export function PlaceAnnouncer({ own }: { own: OwnPlace | null }) {
  const t = useTranslations('leaderboard.live')
  const [said, setSaid] = useState('')
  const told = useRef({ rank: own?.rank, points: own?.points, at: 0 })

  useEffect(() => {
    if (!own || (told.current.rank === own.rank && told.current.points === own.points)) return
    const wait = Math.max(0, told.current.at + EVERY_MS - Date.now())
    const timer = setTimeout(() => {
      told.current = { rank: own.rank, points: own.points, at: Date.now() }
      setSaid(t('yourPlace', { rank: own.rank, points: own.points }))
    }, wait)
    return () => clearTimeout(timer)
  }, [own, t])

  return <p role="status" className="sr-only">{said}</p>
}
