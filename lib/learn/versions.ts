import type { Exercise } from '@/lib/content/catalogue'
import { POINTS_BY_DIFFICULTY } from '@/lib/contract/exercise'
import type { NewVersion } from '@/lib/db/versions'

/** What is kept of an exercise's present content. */
export function toVersion({ slug, version, manifest }: Exercise): NewVersion {
  const { title, difficulty } = manifest
  return { hash: version, exercise: slug, title, difficulty, maxScore: POINTS_BY_DIFFICULTY[difficulty] }
}
