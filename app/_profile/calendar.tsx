'use client'

import { useLocale, useTranslations } from 'next-intl'
import { type KeyboardEvent, useMemo, useRef, useState } from 'react'
import type { ActiveDays } from '@/lib/contract/profile'
import { CountTable } from '../_ui/count-table'
import { formatDay, formatMonth, formatWeekday } from './format-day'
import { addDays, type CalendarDay, calendarWeeks, levelOf, monthStarts, weekday } from './weeks'

const CELL = 12
const STEP = 15
const LEFT = 36
const TOP = 20
const LEVELS = [0, 1, 2, 3, 4]
const FILLS = ['fill-sunken', 'fill-accent/35', 'fill-accent/55', 'fill-accent/80', 'fill-accent']

/** Steps in days for the keys that move within the grid. */
const STEPS: Record<string, number> = {
  ArrowLeft: -7, ArrowRight: 7, ArrowUp: -1, ArrowDown: 1, PageUp: -28, PageDown: 28, Home: -Infinity, End: Infinity,
}

/**
 * A year of days, drawn: a column for each week. It is a grid with one stop for the tabulator key; arrows move between
 * days, and each says its date and what was done. The same stands in a table below.
 */
export function Calendar({ days, today }: { days: ActiveDays; today: string }) {
  const t = useTranslations('profile.calendar')
  const locale = useLocale()
  const weeks = useMemo(() => calendarWeeks(days, today), [days, today])
  const shown = weeks.flat().filter((day) => day !== null)
  const active = shown.filter(({ submissions }) => submissions > 0)
  const [at, setAt] = useState(today)
  const [told, setTold] = useState<string | null>(null)
  const grid = useRef<SVGSVGElement>(null)
  const describe = ({ day, submissions }: CalendarDay) => t('day', { day: formatDay(day, locale), count: submissions })
  const current = shown.find(({ day }) => day === told)

  function move(event: KeyboardEvent) {
    const step = STEPS[event.key]
    const first = shown[0]?.day
    const last = shown.at(-1)?.day
    const isShortcut = event.ctrlKey || event.metaKey || event.altKey
    if (step === undefined || first === undefined || last === undefined || isShortcut) return
    event.preventDefault()
    const to = step === -Infinity ? first : step === Infinity ? last : addDays(at, step)
    if (to < first || to > last) return
    setAt(to)
    grid.current?.querySelector<SVGElement>(`[data-day="${to}"]`)?.focus()
  }

  return (
    <figure className="w-fit max-w-full min-w-0">
      <div
        className={
          'flex flex-row-reverse justify-end overflow-x-auto overflow-y-hidden pb-2 max-[58rem]:justify-start'
        }
      >
        <svg
          ref={grid}
          role="grid"
          aria-label={t('label', { days: active.length })}
          width={LEFT + weeks.length * STEP}
          height={TOP + 7 * STEP}
          className="shrink-0 text-small"
          onKeyDown={move}
          onPointerLeave={() => setTold(null)}
        >
          <g aria-hidden>
            {monthStarts(weeks).map(({ week, day }) => (
              <text key={day} x={LEFT + week * STEP} y={TOP - 8} className="fill-ink-soft">
                {formatMonth(day, locale)}
              </text>
            ))}
            {[0, 2, 4].map((row) => (
              <text key={row} x={0} y={TOP + row * STEP + CELL - 1} className="fill-ink-soft">
                {formatWeekday(row, locale, 'short')}
              </text>
            ))}
          </g>
          {[0, 1, 2, 3, 4, 5, 6].map((row) => (
            <g key={row} role="row" aria-label={formatWeekday(row, locale, 'long')}>
              {weeks.map((week, column) => {
                const day = week[row]
                return day && (
                  <rect
                    key={day.day}
                    role="gridcell"
                    data-day={day.day}
                    aria-label={describe(day)}
                    tabIndex={day.day === at ? 0 : -1}
                    x={LEFT + column * STEP + 0.5}
                    y={TOP + row * STEP + 0.5}
                    width={CELL}
                    height={CELL}
                    rx={2.5}
                    className={lookOf(levelOf(day.submissions))}
                    onPointerEnter={() => setTold(day.day)}
                    onFocus={() => {
                      setAt(day.day)
                      setTold(day.day)
                    }}
                    onBlur={() => setTold(null)}
                  />
                )
              })}
            </g>
          ))}
        </svg>
      </div>
      <figcaption className="mt-1 flex flex-wrap items-center justify-between gap-x-6 gap-y-1 text-small text-ink-soft">
        <span aria-hidden className="min-h-5 figures">{current ? describe(current) : t('hint')}</span>
        <Legend />
      </figcaption>
      <DayTable days={active} />
    </figure>
  )
}

function lookOf(level: number): string {
  return `${FILLS[level]} ${level > 0 ? 'stroke-accent/50' : 'stroke-line'}`
}

function Legend() {
  const t = useTranslations('profile.calendar')
  return (
    <span aria-hidden className="flex items-center gap-1.5">
      {t('less')}
      <svg width={LEVELS.length * STEP} height={CELL + 1}>
        {LEVELS.map((level) => (
          <rect
            key={level} x={level * STEP + 0.5} y={0.5} width={CELL} height={CELL} rx={2.5}
            className={lookOf(level)}
          />
        ))}
      </svg>
      {t('more')}
    </span>
  )
}

/** The active days in words, the latest first. */
function DayTable({ days }: { days: readonly CalendarDay[] }) {
  const t = useTranslations('profile.calendar')
  const locale = useLocale()
  if (days.length === 0) return null
  return (
    <details className="mt-2 text-ui">
      <summary className="w-fit cursor-pointer text-accent">{t('table')}</summary>
      <CountTable
        columns={[t('date'), t('submissions')]} className="max-w-md"
        rows={days.toReversed().map(({ day, submissions }) => ({
          key: day, name: `${formatWeekday(weekday(day), locale, 'short')} ${formatDay(day, locale)}`, count: submissions,
        }))}
      />
    </details>
  )
}
