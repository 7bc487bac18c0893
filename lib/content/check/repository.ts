import { existsSync } from 'node:fs'
import path from 'node:path'

/** Root of the repository: exercises may lie elsewhere, the packages and the test API they use do not. */
export const REPOSITORY = path.resolve(import.meta.dirname, '../../..')

const OWN_EXERCISES = path.join(REPOSITORY, 'exercises')

/** Whether a content folder is the one of the project itself. */
export function isOwnExercises(dir: string): boolean {
  return path.resolve(dir) === OWN_EXERCISES
}

/** Where the project keeps a second solution for each of its own exercises. */
const OWN_INDEPENDENT = path.join(REPOSITORY, 'tests/content/independent')

/** Folder of the independent solutions for a content folder; null for any but the project's own, which has no others. */
export function independentDirOf(dir: string): string | null {
  return isOwnExercises(dir) && existsSync(OWN_INDEPENDENT) ? OWN_INDEPENDENT : null
}

/** What `import ... from 'handroll'` means in a test under plain Vitest. */
export const TEST_API = path.join(REPOSITORY, 'lib/runtime/test-api/index.ts')
