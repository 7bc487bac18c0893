import type { ProgressView } from '@/lib/contract/submission'
import { POINTS_BY_DIFFICULTY } from '@/lib/contract/exercise'
import { listProgress, type Progress } from '@/lib/db/progress'
import type { Exercise } from '@/lib/content/catalogue'
import { catalogue } from './catalogue'
import { withDatabase } from './database'

/** How the user stands on every exercise there is, in the order of the catalogue. */
export async function progressOf(userId: string): Promise<ProgressView[]> {
  const rows = await withDatabase((db) => listProgress(db, userId))
  const rowBySlug = new Map(rows.map((row) => [row.exercise, row]))
  const exercises = (await catalogue()).topics.flatMap((topic) => topic.exercises)
  return exercises.map((exercise) => viewProgress(exercise, rowBySlug.get(exercise.slug)))
}

function viewProgress(exercise: Exercise, row: Progress | undefined): ProgressView {
  return {
    exercise: exercise.slug,
    state: row === undefined ? 'untouched' : row.firstPassedAt ? 'passed' : 'tried',
    bestScore: row?.bestScore ?? 0,
    maxScore: row?.maxScore ?? POINTS_BY_DIFFICULTY[exercise.manifest.difficulty],
    attempts: row?.attempts ?? 0,
    firstPassedAt: row?.firstPassedAt?.toISOString() ?? null,
  }
}
