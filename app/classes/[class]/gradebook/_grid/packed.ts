import { CELL_STATES, type GridCell, type GridColumn, type GridRow, type GridStudent } from './model'

/*
 * A gradebook of 200 students and 60 exercises has 12,000 cells. Each is sent as two numbers, so that the page stays
 * small: the mark, and what else there is to say of it.
 */

export interface PackedRow {
  student: GridStudent
  total: number
  max: number
  /** For each column its mark and, after it, `flagsOf` of it. */
  cells: number[]
}

export interface PackedGradebook {
  columns: GridColumn[]
  rows: PackedRow[]
}

const STATES = CELL_STATES.length
const OVERRIDDEN = STATES
const COUNTS = OVERRIDDEN * 2
const LATE_DAY = COUNTS * 2

function flagsOf({ state, overridden, counts, lateDays }: GridCell): number {
  return CELL_STATES.indexOf(state) + (overridden ? OVERRIDDEN : 0) + (counts ? COUNTS : 0) + lateDays * LATE_DAY
}

function cellOf(mark: number, flags: number): GridCell {
  return {
    mark,
    state: CELL_STATES[flags % STATES] ?? 'none',
    overridden: Math.floor(flags / OVERRIDDEN) % 2 === 1,
    counts: Math.floor(flags / COUNTS) % 2 === 1,
    lateDays: Math.floor(flags / LATE_DAY),
  }
}

export function pack(columns: GridColumn[], rows: readonly GridRow[]): PackedGradebook {
  return {
    columns,
    rows: rows.map(({ cells, ...row }) => ({ ...row, cells: cells.flatMap((cell) => [cell.mark, flagsOf(cell)]) })),
  }
}

export function unpack({ columns, rows }: PackedGradebook): { columns: GridColumn[]; rows: GridRow[] } {
  return {
    columns,
    rows: rows.map(({ cells, ...row }) => ({
      ...row, cells: columns.map((_, index) => cellOf(cells[index * 2] ?? 0, cells[index * 2 + 1] ?? 0)),
    })),
  }
}
