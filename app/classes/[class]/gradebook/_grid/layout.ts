/* Sizes in pixels: the virtualised parts have to know them before anything is drawn. */

export const ROW_HEIGHT = 36
export const SETS_HEIGHT = 34
export const TITLES_HEIGHT = 78
export const HEAD_HEIGHT = SETS_HEIGHT + TITLES_HEIGHT

/** Columns that stay where they are while the others scroll. */
export type FixedColumn = 'name' | 'section' | 'total'

/** A column that scrolls: the total of the class where there is no room to keep it, or one of the columns of marks. */
export type Slot = { kind: 'total' } | { kind: 'marks'; index: number }

const WIDTHS: Record<FixedColumn, number> = { name: 208, section: 92, total: 146 }
const NARROW_NAME = 132
const ITEM_WIDTH = 96
const SUM_WIDTH = 88

export function widthOfFixed(column: FixedColumn, narrow: boolean): number {
  return narrow && column === 'name' ? NARROW_NAME : WIDTHS[column]
}

export function widthOfSlot(slot: Slot, isSum: (index: number) => boolean): number {
  if (slot.kind === 'total') return WIDTHS.total
  return isSum(slot.index) ? SUM_WIDTH : ITEM_WIDTH
}

/** On a phone only the name stays, and the section is left to the filter. */
export function fixedColumns(narrow: boolean, hasSections: boolean): FixedColumn[] {
  if (narrow) return ['name']
  return hasSections ? ['name', 'section', 'total'] : ['name', 'total']
}

export function slotsOf(narrow: boolean, columns: readonly number[]): Slot[] {
  const marks = columns.map((index): Slot => ({ kind: 'marks', index }))
  return narrow ? [{ kind: 'total' }, ...marks] : marks
}

/** A column with its place, as rows and head draw it. */
export interface PlacedSlot {
  slot: Slot
  /** Counted from 0 with the fixed columns, for keys and screen readers. */
  column: number
  start: number
  size: number
}

export interface PlacedFixed {
  fixed: FixedColumn
  column: number
  start: number
  size: number
}
