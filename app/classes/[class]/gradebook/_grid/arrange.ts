import type { CellState, GridCell, GridColumn, GridRow, GridView, Pick } from './model'

/** What remains of a gradebook when it is looked at in one way. */
export interface Arranged {
  rows: GridRow[]
  /** Which columns are shown, by their place in the cells of a row. */
  columns: number[]
}

/** Filters and sorts. Rows that are equal by what they are sorted by stand in order of names. */
export function arrange(
  rows: readonly GridRow[], columns: readonly GridColumn[], view: GridView, collator: Intl.Collator,
): Arranged {
  const shown = columns.flatMap((column, index) => view.set === '' || column.set.id === view.set ? [index] : [])
  const isShown = filterOf(columns, shown, view)
  const byName = (a: GridRow, b: GridRow) =>
    collator.compare(a.student.name, b.student.name) || (a.student.id < b.student.id ? -1 : 1)
  const compare = comparisonOf(columns, view.sort, collator)
  const sign = view.descending ? -1 : 1
  return {
    rows: rows.filter(isShown).sort((a, b) => sign * compare(a, b) || (view.sort === 'name' ? sign : 1) * byName(a, b)),
    columns: shown,
  }
}

function filterOf(
  columns: readonly GridColumn[], shown: readonly number[], { text, section, pick }: GridView,
): (row: GridRow) => boolean {
  const words = fold(text).split(/\s+/).filter(Boolean)
  const items = shown.filter((index) => columns[index]?.kind !== 'total')
  return ({ student, cells }) => {
    if (section !== '' && student.section !== section) return false
    if (pick !== '' && !items.some((index) => cells[index] && isLike(cells[index], pick))) return false
    const haystack = fold(`${student.name} ${student.email} ${student.externalId ?? ''}`)
    return words.every((word) => haystack.includes(word))
  }
}

export function isLike(cell: GridCell, pick: Pick): boolean {
  if (pick === 'overridden') return cell.overridden
  if (pick === 'late') return !cell.overridden && (cell.lateDays > 0 || cell.state === 'tooLate')
  return cell.state === pick
}

function comparisonOf(columns: readonly GridColumn[], sort: string, collator: Intl.Collator) {
  const index = columns.findIndex(({ id }) => id === sort)
  if (index >= 0) return (a: GridRow, b: GridRow) => valueOf(a.cells[index]) - valueOf(b.cells[index])
  if (sort === 'total') return (a: GridRow, b: GridRow) => a.total - b.total
  if (sort === 'section') {
    return (a: GridRow, b: GridRow) => collator.compare(a.student.section ?? '', b.student.section ?? '')
  }
  return () => 0
}

/** Cells without a mark come before those with none of the points. */
const WITHOUT: Partial<Record<CellState, number>> = { closed: -3, exempt: -2, none: -1 }

function valueOf(cell: GridCell | undefined): number {
  return cell ? WITHOUT[cell.state] ?? cell.mark : -3
}

/** Upper and lower case, and letters with and without signs, are one. */
function fold(text: string): string {
  return text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
}
