import type { ClassBoardQuery } from '@/lib/contract/leaderboard'
import type { BoardPlace } from '../../../../_leaderboard/board-place'

/** The board of a class, or of a section or set of it, as a page's address asks for it. */
export function placeOf(classId: string, { section, set, span, day }: ClassBoardQuery): BoardPlace {
  return { path: `/classes/${classId}/leaderboard`, scope: { section, set }, span, day }
}
