import { POINTS_BY_DIFFICULTY } from '@/lib/contract/exercise'
import type { BoardRow, BoardRowDetail } from '@/lib/contract/leaderboard'
import type { BoardKey } from '@/lib/db/boards/boards'
import { listCountedExercises } from '@/lib/db/boards/rows'
import type { Queries } from '@/lib/db/client'
import { catalogue } from '../catalogue'
import { shownMoment } from './spans'

/** What a row rests on. @param board with the class whose it is, if it is one of a class */
export async function describeRow(
  db: Queries, row: BoardRow, userId: string,
  { key, classId, daysOnly, timeZone }: { key: BoardKey; classId: string | null; daysOnly: boolean; timeZone: string },
): Promise<BoardRowDetail> {
  const [counted, { findExercise }] = [await listCountedExercises(db, key, userId, classId), await catalogue()]
  const exercises = counted.map(({ exercise, points, at, version }) => {
    const difficulty = findExercise(exercise)?.manifest.difficulty
    const maxPoints = difficulty ? POINTS_BY_DIFFICULTY[difficulty] : null
    return { exercise, points, maxPoints, at: shownMoment(at, daysOnly, timeZone), version }
  })
  return { row, exercises, daysOnly }
}
