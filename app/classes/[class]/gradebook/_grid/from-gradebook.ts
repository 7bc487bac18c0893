import type { Gradebook, GradebookCell, GradebookSet } from '@/lib/contract/gradebook'
import type { Locale } from '@/lib/contract/localized'
import type { CellState, GridCell, GridColumn, GridRow } from './model'

const HUNDREDTHS = 100

/** A gradebook as the grid shows it: the exercises of each set, then its total. */
export function gridOf(gradebook: Gradebook, locale: Locale): { columns: GridColumn[]; rows: GridRow[] } {
  const { sets, students, rows, at } = gradebook
  const sections = new Map(gradebook.sections.map(({ id, name }) => [id, name]))
  const isClosed = (set: GradebookSet) => Date.parse(set.opensAt) > Date.parse(at)
  return {
    columns: sets.flatMap((set) => columnsOf(set, locale)),
    rows: students.flatMap(({ sectionId, ...student }, index) => {
      const row = rows[index]
      if (!row) return []
      let next = 0
      const cells = sets.flatMap((set, place): GridCell[] => {
        const own = row.cells.slice(next, next += set.items.length)
        const closed = isClosed(set)
        const [mark, counts] = row.sets[place] ?? [0, false]
        const exempt = own.length > 0 && own.every(([state]) => state === 'exempt')
        const state = closed ? 'closed' : exempt ? 'exempt' : stateByMark(mark, set.max)
        return [
          ...own.map((cell, item) => toCell(cell, (set.items[item]?.points ?? 0) * HUNDREDTHS, closed)),
          { mark, state, counts, lateDays: 0, overridden: false },
        ]
      })
      const section = sectionId === null ? null : sections.get(sectionId) ?? null
      return [{ student: { ...student, section }, total: row.total, max: row.max, cells }]
    }),
  }
}

function columnsOf(set: GradebookSet, locale: Locale): GridColumn[] {
  const about = { id: set.id, title: set.title }
  return [
    ...set.items.map(({ id, exercise, title, points, kind }): GridColumn => {
      return { id, set: about, title: title?.[locale] ?? exercise, max: points * HUNDREDTHS, kind }
    }),
    { id: `total-${set.id}`, set: about, title: null, max: set.max, kind: 'total' },
  ]
}

function toCell([state, mark, lateDays, submission, counts]: GradebookCell, max: number, closed: boolean): GridCell {
  return { mark, lateDays, counts, overridden: state === 'overridden', state: stateOf() }

  function stateOf(): CellState {
    if (state === 'exempt' || state === 'queued') return state
    if (state === 'overridden') return stateByMark(mark, max)
    if (closed) return 'closed'
    if (submission === null) return state === 'late' ? 'tooLate' : 'none'
    return stateByMark(mark, max)
  }
}

function stateByMark(mark: number, max: number): CellState {
  return mark >= max ? 'full' : mark === 0 ? 'zero' : 'part'
}
