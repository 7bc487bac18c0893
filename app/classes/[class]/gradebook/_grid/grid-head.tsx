import { ArrowDown, ArrowUp } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { formatMark } from '../../../../_marking/format-mark'
import { cx } from '../../../../_ui/cx'
import { type PlacedFixed, type PlacedSlot, SETS_HEIGHT, TITLES_HEIGHT } from './layout'
import type { GridColumn, GridView } from './model'

type Order = Pick<GridView, 'sort' | 'descending'>

/** Both rows of the head: the sets, and below them what every column holds, as buttons that sort. */
export function GridHead({ fixed, slots, columns, order, activeColumn, onSort }: {
  fixed: readonly PlacedFixed[]
  slots: readonly PlacedSlot[]
  columns: readonly GridColumn[]
  order: Order
  /** The column of the cell in the tab order, if it is in the head. */
  activeColumn: number | null
  onSort: (key: string) => void
}) {
  const t = useTranslations('gradebook')
  const common = { order, onSort }
  return (
    <div role="rowgroup" className="sticky top-0 z-20 bg-sunken">
      <SetsRow fixed={fixed} slots={slots} columns={columns} />
      <div role="row" aria-rowindex={2} className="relative flex" style={{ height: TITLES_HEIGHT }}>
        {fixed.map(({ fixed: kind, column, start, size }, position) => (
          <HeadCell
            key={kind} {...common} sortKey={kind} column={column} active={activeColumn === column}
            title={t(`columns.${kind}`)} right={kind === 'total'}
            className={cx(
              'sticky z-10 shrink-0 bg-sunken', position === fixed.length - 1 && 'border-r border-r-line-strong',
            )}
            style={{ left: start, width: size }}
          />
        ))}
        {slots.map(({ slot, column, start, size }) => {
          const about = slot.kind === 'total' ? undefined : columns[slot.index]
          return (
            <HeadCell
              key={about?.id ?? 'total'} {...common} sortKey={about?.id ?? 'total'} column={column}
              active={activeColumn === column} right
              title={about ? about.title ?? t('columns.sum') : t('columns.total')}
              about={about}
              className={cx('absolute border-r', about?.kind === 'total' ? 'border-r-line-strong' : 'border-r-line')}
              style={{ left: start, width: size }}
            />
          )
        })}
      </div>
    </div>
  )
}

/** The titles of the sets, each over its columns; a title stays in sight while one of them is. */
function SetsRow({ fixed, slots, columns }: {
  fixed: readonly PlacedFixed[]
  slots: readonly PlacedSlot[]
  columns: readonly GridColumn[]
}) {
  const room = fixed.reduce((sum, { size }) => sum + size, 0)
  return (
    <div role="row" aria-rowindex={1} className="relative flex border-b border-line" style={{ height: SETS_HEIGHT }}>
      <div
        role="presentation"
        className="sticky left-0 z-10 shrink-0 border-r border-r-line-strong bg-sunken"
        style={{ width: room }}
      />
      {spansOf(slots, columns).map(({ id, title, column, count, start, size }) => (
        <div
          key={id} role="columnheader" aria-colindex={column + 1} aria-colspan={count}
          className="absolute flex h-full items-center border-r border-r-line-strong"
          style={{ left: start, width: size }}
        >
          <span
            className="sticky max-w-full truncate px-2 text-small font-semibold"
            style={{ left: room }}
            title={title}
          >
            {title}
          </span>
        </div>
      ))}
    </div>
  )
}

/** Neighbouring columns of the same set as one. */
function spansOf(slots: readonly PlacedSlot[], columns: readonly GridColumn[]) {
  const spans: { id: string; title: string; column: number; count: number; start: number; size: number }[] = []
  for (const { slot, column, start, size } of slots) {
    const set = slot.kind === 'marks' ? columns[slot.index]?.set : undefined
    if (!set) continue
    const last = spans.at(-1)
    if (last?.id === set.id) {
      last.count = column - last.column + 1
      last.size = start + size - last.start
    } else spans.push({ ...set, column, count: 1, start, size })
  }
  return spans
}

function HeadCell({ title, about, sortKey, order, onSort, column, active, right = false, className, style }: {
  title: string
  about?: GridColumn
  sortKey: string
  order: Order
  onSort: (key: string) => void
  column: number
  active: boolean
  right?: boolean
  className?: string
  style: { left: number; width: number }
}) {
  const locale = useLocale()
  const t = useTranslations('gradebook')
  const sorted = order.sort === sortKey
  const Arrow = order.descending ? ArrowDown : ArrowUp
  return (
    <div
      role="columnheader"
      aria-colindex={column + 1}
      aria-sort={sorted ? (order.descending ? 'descending' : 'ascending') : undefined}
      data-row={0}
      data-column={column}
      className={cx('h-full border-b border-line-strong', className)}
      style={style}
    >
      <button
        type="button"
        tabIndex={active ? 0 : -1}
        title={title}
        onClick={() => onSort(sortKey)}
        className={cx(
          'flex h-full w-full flex-col justify-end gap-0.5 px-2 py-1.5 text-small outline-offset-[-2px]',
          'hover:bg-line/60',
          right ? 'items-end text-right' : 'items-start px-3 text-left',
          sorted ? 'text-ink' : 'text-ink-soft',
        )}
      >
        <span
          className={cx('line-clamp-2 max-w-full font-medium wrap-anywhere', about?.kind === 'total' && 'text-ink')}
        >
          {title}
        </span>
        <span className="flex items-center gap-1">
          {sorted && <Arrow aria-hidden className="size-3.5 text-accent" />}
          {about && <span className="text-ink-faint figures">{formatMark(about.max, locale)}</span>}
          {about?.kind === 'optional' && <span className="text-ink-faint">{t('columns.optional')}</span>}
        </span>
      </button>
    </div>
  )
}
