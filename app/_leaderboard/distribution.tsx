'use client'

import { useFormatter, useTranslations } from 'next-intl'
import type { BoardView } from '@/lib/contract/leaderboard'
import { CountTable } from '../_ui/count-table'

const HEIGHT = 150
const TOP = 22
const BOTTOM = 24

type Bin = BoardView['distribution'][number] & { isOwn: boolean }

/** How many people have how many points, with the reader's own place among them; the same in a table below. */
export function Distribution({ view: { distribution, own, people } }: { view: BoardView }) {
  const t = useTranslations('leaderboard.distribution')
  if (distribution.length === 0) return null
  const bins = distribution.map((bin) => {
    return { ...bin, isOwn: own !== null && own.points >= bin.from && own.points <= bin.to }
  })
  const mine = bins.find(({ isOwn }) => isOwn)
  const summary = mine
    ? t('summaryOwn', { people, from: mine.from, to: mine.to })
    : t('summary', { people })
  return (
    <section aria-labelledby="distribution">
      <h2 id="distribution" className="mb-3 text-ui font-medium text-ink-soft">{t('title')}</h2>
      <figure>
        <Columns bins={bins} label={summary} />
        <figcaption className="mt-1 text-small text-ink-soft">{summary}</figcaption>
      </figure>
      <details className="mt-2 text-small">
        <summary className="w-fit text-accent">{t('table')}</summary>
        <BinTable bins={bins} />
      </details>
    </section>
  )
}

/** Drawn in percent of the width, so that the letters stay as large as the text around. */
function Columns({ bins, label }: { bins: readonly Bin[]; label: string }) {
  const t = useTranslations('leaderboard.distribution')
  const width = 100 / bins.length
  const room = HEIGHT - TOP - BOTTOM
  const most = Math.max(1, ...bins.map(({ people }) => people))
  const ends = bins.at(-1)?.to
  return (
    <svg role="img" aria-label={label} width="100%" height={HEIGHT} className="overflow-visible text-small">
      {bins.map(({ from, people, isOwn }, index) => {
        const height = Math.max(people > 0 ? 3 : 0, (people / most) * room)
        const top = HEIGHT - BOTTOM - height
        const middle = `${(index + 0.5) * width}%`
        return (
          <g key={from}>
            <rect
              x={`${index * width + 0.5}%`} y={top} width={`${width - 1}%`} height={height} rx={2}
              className={isOwn ? 'fill-accent' : 'fill-line-strong'}
            />
            {isOwn && (
              // Above all columns, as the ones beside it may be higher.
              <svg x={middle} y={TOP} className="overflow-visible">
                <path d="M-4 -8h8l-4 5z" className="fill-accent" />
                <line y1={-4} y2={top - TOP} className="stroke-accent" />
                <text y={-11} textAnchor="middle" className="fill-ink font-medium">{t('you')}</text>
              </svg>
            )}
          </g>
        )
      })}
      <line x1="0" x2="100%" y1={HEIGHT - BOTTOM + 0.5} y2={HEIGHT - BOTTOM + 0.5} className="stroke-line" />
      <text x="0" y={HEIGHT - 6} className="fill-ink-soft figures">{bins[0]?.from}</text>
      <text x="100%" y={HEIGHT - 6} textAnchor="end" className="fill-ink-soft figures">
        {t('points', { points: ends ?? 0 })}
      </text>
    </svg>
  )
}

function BinTable({ bins }: { bins: readonly Bin[] }) {
  const t = useTranslations('leaderboard.distribution')
  const format = useFormatter()
  const rows = bins.toReversed().map(({ from, to, people, isOwn }) => {
    const range = from === to ? format.number(from) : t('range', { from, to })
    return { key: from, name: isOwn ? `${range} (${t('you')})` : range, count: format.number(people), strong: isOwn }
  })
  return <CountTable columns={[t('columns.points'), t('columns.people')]} rows={rows} />
}
