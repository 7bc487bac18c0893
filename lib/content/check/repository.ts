import path from 'node:path'

/** Root of the repository: exercises may lie elsewhere, the packages and the test API they use do not. */
export const REPOSITORY = path.resolve(import.meta.dirname, '../../..')

/** What `import ... from 'handroll'` means in a test under plain Vitest. */
export const TEST_API = path.join(REPOSITORY, 'lib/runtime/test-api/index.ts')
