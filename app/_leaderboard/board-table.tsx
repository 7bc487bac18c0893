'use client'

import { useFormatter, useTranslations } from 'next-intl'
import Link from 'next/link'
import type { BoardRow, BoardView } from '@/lib/contract/leaderboard'
import { cx } from '../_ui/cx'
import { Rows, Table, Td, Th, Tr } from '../_ui/table'
import { type BoardPlace, rowHref } from './board-place'
import { RowMoment } from './row-moment'
import { RowName } from './row-name'
import { useRowMotion } from './use-row-motion'

/** The rows of a board. Those who share a rank have the same number. */
export function BoardTable({ view, place }: { view: BoardView; place: BoardPlace }) {
  const t = useTranslations('leaderboard.table')
  const { rows, distribution, daysOnly, timeZone } = view
  const body = useRowMotion(rows)
  const most = Math.max(1, rows[0]?.points ?? 0, distribution.at(-1)?.to ?? 0)
  return (
    <Table
      label={t('label')}
      head={
        <>
          <Th right className="w-14 pr-3!">{t('rank')}</Th>
          <Th className="w-full">{t('name')}</Th>
          <Th><span className="sr-only">{t('share')}</span></Th>
          <Th right>{t('points')}</Th>
          <Th right className="min-w-40 pr-3! max-md:hidden">{t('reached')}</Th>
        </>
      }
    >
      <Rows ref={body}>
        {rows.map((row) => (
          <Line key={row.id} row={row} place={place} most={most} dayIn={daysOnly ? timeZone : null} />
        ))}
      </Rows>
    </Table>
  )
}

function Line({ row, place, most, dayIn }: {
  row: BoardRow
  place: BoardPlace
  /** Points of a full bar. */
  most: number
  dayIn: string | null
}) {
  const t = useTranslations('leaderboard')
  const format = useFormatter()
  return (
    <Tr
      data-row={row.id}
      id={row.isViewer ? 'you' : undefined}
      className={cx(
        'scroll-mt-24 max-sm:grid-cols-[2.5rem_minmax(0,1fr)_auto]!',
        row.isViewer && 'bg-accent-soft shadow-[inset_3px_0_0_var(--color-accent)]',
      )}
    >
      <Td right className="pr-3! text-ink-soft figures max-sm:pr-2!">{format.number(row.rank)}</Td>
      <Td className="max-w-0 min-w-40 max-sm:max-w-none max-sm:min-w-0">
        <RowName row={row} />
      </Td>
      <Td className="max-sm:order-last max-sm:col-span-2 max-sm:col-start-2 max-sm:pr-3!">
        <span aria-hidden className="block h-1.5 w-36 overflow-hidden rounded-full bg-line max-lg:w-24 max-sm:w-full">
          <span
            className={cx('block h-full rounded-full', row.isViewer ? 'bg-accent' : 'bg-ink-faint')}
            style={{ width: `${(row.points / most) * 100}%` }}
          />
        </span>
      </Td>
      <Td right className="max-sm:pr-3!">
        <Link href={rowHref(place, row.id)} prefetch={false} className="text-link figures">
          {format.number(row.points)}
          <span className="sr-only"> {t('row.grounds')}</span>
        </Link>
      </Td>
      <Td right className="pr-3! text-small text-ink-soft max-md:hidden">
        <RowMoment at={row.reachedAt} dayIn={dayIn} />
      </Td>
    </Tr>
  )
}
