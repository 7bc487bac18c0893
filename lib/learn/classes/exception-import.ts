import type { Viewer } from '@/lib/contract/account'
import { ProblemError } from '@/lib/contract/problem'
import {
  type ExceptionImportBody, type ExceptionImportResult, type ImportProblem, MAX_IMPORT_SHOWN, MAX_IMPORT_VALUE,
} from '@/lib/contract/set-exception'
import { writeAudit } from '@/lib/db/audit'
import { listStudents } from '@/lib/db/cells'
import type { SetRow } from '@/lib/db/problem-sets'
import { putStudentExceptions } from '@/lib/db/set-exceptions'
import { countUse } from './count-use'
import { changeClass, enterClass } from './enter-class'
import { readExceptionFile } from './exception-file'
import { planExceptions, type PlannedException } from './exception-plan'
import { lockSetRow } from './set-changes'
import { getSetRow } from './sets'
import { nameOf } from './students'

/**
 * Checks a file of exceptions and, with `apply`, grants all of them. With a single problem nothing is granted; each
 * student named gets what the file says in the place of what they had, and of what their section has.
 * @throws ProblemError `conflict` when the time zone of the class was changed meanwhile
 */
export async function importExceptions(
  viewer: Pick<Viewer, 'id' | 'role'>, classId: string, setId: string, { csv, apply }: ExceptionImportBody,
): Promise<ExceptionImportResult> {
  // Files are read for those who may grant something, and while no connection waits for that.
  const timeZone = await enterClass(viewer, classId, 'exceptions.edit', async (db, entry) => {
    await getSetRow(db, classId, setId)
    await countUse(entry, 'exception-import')
    return entry.class.timeZone
  })
  const file = readExceptionFile(csv, timeZone)
  const enter = apply ? changeClass : enterClass
  return enter(viewer, classId, 'exceptions.edit', async (db, entry) => {
    if (entry.class.timeZone !== timeZone) {
      throw new ProblemError('conflict', 'The time zone of the class has just been changed. Check the file again.')
    }
    const set = apply ? await lockSetRow(db, classId, setId) : await getSetRow(db, classId, setId)
    const plan = planExceptions(file.lines, set, await listStudents(db, classId))
    const problems = [...file.problems, ...plan.problems].sort((a, b) => (a.line ?? 0) - (b.line ?? 0))
    const exceptions = problems.length > 0 ? [] : plan.exceptions
    const applied = apply && problems.length === 0
    if (applied) {
      await putStudentExceptions(db, set.id, exceptions.map(({ student, fields }) => {
        return { userId: student.userId, ...fields }
      }))
      await writeAudit(db, {
        actorId: viewer.id, action: 'exceptions.imported', subject: set.id, classId,
        detail: { students: exceptions.map(describe) },
      })
    }
    return {
      problems: problems.slice(0, MAX_IMPORT_SHOWN).map(shortened),
      problemCount: problems.length,
      granted: exceptions.slice(0, MAX_IMPORT_SHOWN).map((each) => toGranted(each, set)),
      grantedCount: exceptions.length,
      applied,
    }
  })
}

/** By id only, and without the reason: what the log says of somebody means nothing when their account is gone. */
function describe({ student, fields: { dueAt, closesAt, attemptLimit, exempt } }: PlannedException) {
  return {
    id: student.userId, attemptLimit, exempt,
    dueAt: dueAt?.toISOString() ?? null, closesAt: closesAt?.toISOString() ?? null,
  }
}

function toGranted({ student, fields }: PlannedException, set: SetRow): ExceptionImportResult['granted'][number] {
  const isOwn = set.exceptions.some(({ userId }) => userId === student.userId)
  const isOfSection = set.exceptions.some(({ sectionId }) => sectionId !== null && sectionId === student.sectionId)
  return {
    ...fields,
    name: nameOf(student),
    dueAt: fields.dueAt?.toISOString() ?? null,
    closesAt: fields.closesAt?.toISOString() ?? null,
    replaces: isOwn ? 'own' : isOfSection ? 'section' : null,
  }
}

function shortened(problem: ImportProblem): ImportProblem {
  return { ...problem, value: [...problem.value.slice(0, 2 * MAX_IMPORT_VALUE)].slice(0, MAX_IMPORT_VALUE).join('') }
}
