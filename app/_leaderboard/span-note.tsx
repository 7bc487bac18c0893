'use client'

import { useLocale, useTranslations } from 'next-intl'
import type { BoardView } from '@/lib/contract/leaderboard'
import { LANGUAGE_TAGS } from '../_i18n/locale'
import { useReaderZone } from '../_ui/use-reader-zone'
import { spanDay } from './span-name'

/**
 * Which month or week a board is about, when that begins and ends by the reader's own clocks, and by whose clocks its
 * days are counted.
 */
export function SpanNote({ view, ofClass }: { view: BoardView; ofClass: boolean }) {
  const t = useTranslations('leaderboard.period')
  const locale = useLocale()
  const zone = useReaderZone()
  const { span, from, until, timeZone } = view
  if (span === 'all' || from === null || until === null) return null
  const moment = new Intl.DateTimeFormat(LANGUAGE_TAGS[locale], {
    weekday: 'short', day: 'numeric', month: 'short', hour: '2-digit', minute: '2-digit', hourCycle: 'h23',
    timeZone: zone,
  })
  const name = (zone: string) => zone.replaceAll('_', ' ')
  return (
    <div className="mb-2">
      <h2 className="text-title font-semibold">{t(span, { day: spanDay(view, locale) })}</h2>
      <p suppressHydrationWarning className="mt-1 text-small text-ink-soft figures">
        {t('own', {
          from: moment.format(new Date(from)), until: moment.format(new Date(until)), zone: name(zone),
        })}{' '}
        {t(ofClass ? 'classDays' : 'sameDays', { zone: name(timeZone) })}
      </p>
    </div>
  )
}
