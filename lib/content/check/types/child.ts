import { checkExports } from './check-exports'
import { checkTypes } from './check-types'
import { lintMembrane } from './membrane-lint'
import type { TypesJob, TypesMessage } from './messages'
import { createProgram } from './program'

/* A process of its own, because the compiler blocks the one that it runs in for seconds. */

process.once('message', ({ subjects }: TypesJob) => {
  const program = createProgram(subjects)
  const problems = subjects.flatMap((subject) => [
    ...checkTypes(program, subject),
    ...checkExports(program, subject),
    ...lintMembrane(program, subject),
  ])
  const answer: TypesMessage = { problems }
  process.send?.(answer, undefined, undefined, () => process.exit(0))
})
