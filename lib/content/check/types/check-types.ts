import path from 'node:path'
import type { ContentProblem } from '../../problem'
import { problemIn, type Subject, targetsOf } from '../subject'
import { type CourseProgram, pathOf, starterFolder } from './program'

const TESTS = ['visible.test.ts', 'hidden.test.ts']

/** Every target and test compiles under strict, and the tests compile against the starter as well. */
export function checkTypes(program: CourseProgram, subject: Subject): ContentProblem[] {
  const own = [...targetsOf(subject), ...TESTS].flatMap((file) => {
    return program.errorsOf(pathOf(subject, file)).map(({ line, message }) => {
      return problemIn(subject, file, 'types', `line ${line}: ${message}`)
    })
  })
  if (own.length > 0) return own
  return TESTS.flatMap((file) => {
    return program.errorsOf(path.join(starterFolder(subject), file)).map(({ line, message }) => {
      return problemIn(subject, 'starter.ts', 'types', `does not fit ${file}, line ${line}: ${message}`)
    })
  })
}
