import type { CellState } from '@/lib/contract/gradebook'
import type { StudentCell } from '@/lib/marks/marks'
import type { StudentOfClass } from './class-marks'

/** How a cell came to its mark, in one word; see CELL_STATES. */
export function cellState(
  { attempts, waiting }: Pick<StudentOfClass, 'attempts' | 'waiting'>, cell: StudentCell, exempt: boolean,
): CellState {
  if (exempt) return 'exempt'
  if (cell.overridden) return 'overridden'
  if (waiting.has(cell.itemId)) return 'queued'
  const tried = attempts.get(cell.itemId) ?? []
  const counting = tried.find(({ submissionId }) => submissionId === cell.submissionId)
  if (!counting) return tried.length === 0 ? 'none' : 'late'
  if (cell.lateDays > 0 || cell.percent < 100) return 'late'
  return counting.score === counting.maxScore ? 'passed' : 'failed'
}
