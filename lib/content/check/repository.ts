import { existsSync } from 'node:fs'
import path from 'node:path'

/** Root of the repository: exercises may lie elsewhere, the packages and the test API they use do not. */
export const REPOSITORY = path.resolve(import.meta.dirname, '../../..')

/** The project's own exercises, and where it keeps a second solution for each. */
const OWN_EXERCISES = path.join(REPOSITORY, 'exercises')
const OWN_INDEPENDENT = path.join(REPOSITORY, 'tests/content/independent')

/** Folder of the independent solutions for a content folder; null for any but the project's own, which has no others. */
export function independentDirOf(dir: string): string | null {
  return path.resolve(dir) === OWN_EXERCISES && existsSync(OWN_INDEPENDENT) ? OWN_INDEPENDENT : null
}

/** What `import ... from 'handroll'` means in a test under plain Vitest. */
export const TEST_API = path.join(REPOSITORY, 'lib/runtime/test-api/index.ts')
