import type { ImportProblem } from '@/lib/contract/set-exception'
import type { StudentRow } from '@/lib/db/cells'
import type { ExceptionFields } from '@/lib/db/set-exceptions'
import type { ExceptionLine } from './exception-file'
import { findBrokenRule, type RuledSet } from './exception-rules'

/** What one line of a file grants to one student. */
export interface PlannedException {
  student: StudentRow
  fields: ExceptionFields
}

export interface ExceptionPlan {
  problems: ImportProblem[]
  /** In the order of the file. */
  exceptions: PlannedException[]
}

/** Whom the lines of a file mean in this class, and what is wrong with that for this set, by line. */
export function planExceptions(
  lines: readonly ExceptionLine[], set: RuledSet, students: readonly StudentRow[],
): ExceptionPlan {
  const byEmail = new Map(students.map((student) => [student.user.email, student]))
  const byExternalId = new Map(students.map((student) => [student.externalId, student]))
  const problems: ImportProblem[] = []
  const exceptions: PlannedException[] = []
  const seen = new Set<string>()
  for (const { line, student: named, fields, written } of lines) {
    const student = named === '' ? undefined : byEmail.get(named.toLowerCase()) ?? byExternalId.get(named)
    const isTwice = student !== undefined && seen.has(student.userId)
    if (student) seen.add(student.userId)
    if (!student || isTwice) problems.push({ line, rule: isTwice ? 'twice' : 'unknown-student', value: named })
    const broken = fields && findBrokenRule(set, fields)
    if (broken) problems.push({ line, rule: broken.rule, value: written[broken.field] })
    if (student && fields) exceptions.push({ student, fields })
  }
  return { problems, exceptions }
}
