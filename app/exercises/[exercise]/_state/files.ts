import type { ExercisePage } from '@/lib/contract/catalogue'

/** The files of the workspace. The first two are the learner's; the visible tests are read only. */
export const SOLUTION = 'solution.ts'
export const OWN_TESTS = 'own.test.ts'
export const VISIBLE_TESTS = 'visible.test.ts'

/** What the learner's own test file says at first. Left as it is, it is not run. */
export function ownTestsTemplate(exercise: Pick<ExercisePage, 'exports'>, comment: string): string {
  const names = Object.keys(exercise.exports).join(', ')
  return [
    "import { describe, expect, it } from 'vitest'",
    `import { ${names} } from './solution'`,
    '',
    ...comment.split('\n').map((line) => `// ${line}`),
    '',
  ].join('\n')
}
