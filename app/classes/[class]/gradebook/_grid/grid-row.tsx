import { useLocale } from 'next-intl'
import { memo } from 'react'
import { formatMark } from '../../../../_marking/format-mark'
import { cx } from '../../../../_ui/cx'
import { type FixedColumn, type PlacedFixed, type PlacedSlot, ROW_HEIGHT } from './layout'
import { CELL, MarkCell } from './mark-cell'
import type { GridColumn, GridRow } from './model'

/** One student. Drawn anew only when something of it has changed; its cells too, however the grid scrolls. */
export const StudentRow = memo(function StudentRow({ row, index, top, fixed, slots, columns, path, activeColumn }: {
  row: GridRow
  /** Place among the rows, the head being 0. */
  index: number
  top: number
  fixed: readonly PlacedFixed[]
  slots: readonly PlacedSlot[]
  columns: readonly GridColumn[]
  /** Address of the gradebook; cells lie below it. */
  path: string
  /** The column of the cell in the tab order, if it is in this row. */
  activeColumn: number | null
}) {
  const total = slots.find(({ slot }) => slot.kind === 'total')
  return (
    <div
      role="row"
      aria-rowindex={index + 2}
      className="group/row absolute left-0 flex w-full"
      style={{ top, height: ROW_HEIGHT }}
    >
      {fixed.map(({ fixed: kind, column, start, size }, position) => (
        <div
          key={kind}
          role={kind === 'name' ? 'rowheader' : 'gridcell'}
          aria-colindex={column + 1}
          data-row={index}
          data-column={column}
          tabIndex={activeColumn === column ? 0 : -1}
          className={cx(
            CELL, 'sticky z-10 shrink-0 bg-surface px-3 group-hover/row:bg-sunken',
            position === fixed.length - 1 && 'border-r border-r-line-strong',
          )}
          style={{ left: start, width: size }}
        >
          <FixedFace kind={kind} row={row} />
        </div>
      ))}
      {total && (
        <div
          role="gridcell"
          aria-colindex={total.column + 1}
          data-row={index}
          data-column={total.column}
          tabIndex={activeColumn === total.column ? 0 : -1}
          className={cx(CELL, 'absolute px-3')}
          style={{ left: total.start, width: total.size, height: ROW_HEIGHT }}
        >
          <FixedFace kind="total" row={row} />
        </div>
      )}
      {slots.map(({ slot, column, start, size }) => {
        const about = slot.kind === 'marks' ? columns[slot.index] : undefined
        const cell = slot.kind === 'marks' ? row.cells[slot.index] : undefined
        return about && cell && (
          <MarkCell
            key={about.id} cell={cell} about={about} row={index} column={column} start={start} size={size}
            href={about.kind === 'total' ? null : `${path}/${row.student.id}/${about.id}`}
            active={activeColumn === column}
          />
        )
      })}
    </div>
  )
})

function FixedFace({ kind, row: { student, total, max } }: { kind: FixedColumn; row: GridRow }) {
  const locale = useLocale()
  if (kind === 'name') {
    return (
      <span className="truncate font-medium" title={`${student.name} · ${student.email}`}>
        {student.name}
      </span>
    )
  }
  if (kind === 'section') return <span className="truncate text-ink-soft">{student.section ?? '–'}</span>
  return (
    <span className="ml-auto truncate figures">
      <span className="font-semibold">{formatMark(total, locale)}</span>
      <span className="text-ink-soft"> / {formatMark(max, locale)}</span>
    </span>
  )
}
