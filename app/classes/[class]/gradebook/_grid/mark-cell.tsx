import { Check, CircleDot, Clock, Hourglass, PenLine, X } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { memo } from 'react'
import { formatMark } from '../../../../_marking/format-mark'
import { cx } from '../../../../_ui/cx'
import { ROW_HEIGHT } from './layout'
import type { CellState, GridCell, GridColumn } from './model'

/** How every cell of a student looks. */
export const CELL = 'flex items-center border-b border-line text-ui outline-offset-[-2px]'

const LOOKS: Record<CellState, { tint: string; Icon?: typeof Check }> = {
  full: { tint: 'bg-good-soft text-good', Icon: Check },
  part: { tint: 'bg-warn-soft text-warn', Icon: CircleDot },
  zero: { tint: 'bg-bad-soft text-bad', Icon: X },
  queued: { tint: 'text-ink-soft', Icon: Hourglass },
  tooLate: { tint: 'bg-bad-soft text-bad', Icon: Clock },
  none: { tint: 'text-ink-faint' },
  exempt: { tint: 'text-ink-faint' },
  closed: { tint: 'text-ink-faint' },
}

/** The mark of one student in one column, an exercise or a total. With `href` it leads to the work behind it. */
export const MarkCell = memo(function MarkCell({ cell, about, row, column, start, size, href, active }: {
  cell: GridCell
  about: GridColumn
  /** Places in the grid, from 0. */
  row: number
  column: number
  start: number
  size: number
  href: string | null
  /** Whether it is the one cell in the tab order. */
  active: boolean
}) {
  const text = useMarkWords(cell, about)
  const tabIndex = active ? 0 : -1
  const style = { left: start, width: size, height: ROW_HEIGHT }
  if (href === null) {
    return (
      <div
        role="gridcell" aria-colindex={column + 1} data-row={row} data-column={column} tabIndex={tabIndex}
        aria-label={text} title={text} style={style}
        className={cx(CELL, 'absolute border-r border-r-line-strong bg-sunken')}
      >
        <SumFace cell={cell} />
      </div>
    )
  }
  return (
    <div
      role="gridcell" aria-colindex={column + 1} data-row={row} data-column={column}
      className={cx(CELL, 'absolute border-r border-r-line')} style={style}
    >
      <a
        href={href} tabIndex={tabIndex} aria-label={text} title={text}
        className="block h-full w-full outline-offset-[-2px] hover:[&>span]:brightness-95"
      >
        <MarkFace cell={cell} />
      </a>
    </div>
  )
})

/** What a cell shows: a sign for its state, late days, the mark; in brackets where it is no part of the total. */
function MarkFace({ cell }: { cell: GridCell }) {
  const t = useTranslations('gradebook.cell')
  const locale = useLocale()
  const { tint, Icon } = LOOKS[cell.state]
  const Sign = cell.overridden ? PenLine : Icon
  const mark = formatMark(cell.mark, locale)
  return (
    <span aria-hidden className={cx('flex h-full w-full items-center gap-1 px-2 figures', tint)}>
      {Sign && <Sign className="size-3.5 shrink-0" />}
      {cell.lateDays > 0 && !cell.overridden && <span className="text-small">+{cell.lateDays}</span>}
      <span className="ml-auto truncate font-medium">
        {hasMark(cell) ? (cell.counts ? mark : `(${mark})`)
          : cell.state === 'exempt' ? t('exemptShort')
            : cell.state === 'none' ? '–' : '·'}
      </span>
    </span>
  )
}

function SumFace({ cell }: { cell: GridCell }) {
  const mark = formatMark(cell.mark, useLocale())
  return (
    <span aria-hidden className="ml-auto truncate px-2 font-semibold figures">
      {cell.state === 'closed' ? '·' : cell.counts ? mark : `(${mark})`}
    </span>
  )
}

/** What the signs say, in words: for screen readers and as the tooltip. */
function useMarkWords(cell: GridCell, column: GridColumn): string {
  const t = useTranslations('gradebook.cell')
  const locale = useLocale()
  const words = [
    ...(hasMark(cell) ? [t('of', { mark: formatMark(cell.mark, locale), max: formatMark(column.max, locale) })] : []),
    t(`state.${cell.state}`),
    ...(cell.overridden ? [t('overridden')] : cell.lateDays > 0 ? [t('late', { days: cell.lateDays })] : []),
    ...(cell.counts || !hasMark(cell) ? [] : [t('notCounted')]),
  ]
  return words.join(', ')
}

function hasMark({ state }: GridCell): boolean {
  return state !== 'none' && state !== 'exempt' && state !== 'closed'
}
