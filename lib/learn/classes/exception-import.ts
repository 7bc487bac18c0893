import type { Viewer } from '@/lib/contract/account'
import type { ExceptionImportBody, ExceptionImportResult } from '@/lib/contract/set-exception'
import { writeAudit } from '@/lib/db/audit'
import { listStudents } from '@/lib/db/cells'
import { putStudentExceptions } from '@/lib/db/set-exceptions'
import { changeClass } from './enter-class'
import { readExceptionFile } from './exception-file'
import { lockSetRow } from './set-changes'
import { toStudent } from './students'

/**
 * Checks a file of exceptions and, with `apply`, grants all of them. With a single problem nothing is granted; each
 * student named gets what the file says in the place of what they had.
 */
export function importExceptions(
  viewer: Pick<Viewer, 'id' | 'role'>, classId: string, setId: string, { csv, apply }: ExceptionImportBody,
): Promise<ExceptionImportResult> {
  return changeClass(viewer, classId, 'exceptions.edit', async (db, entry) => {
    const set = await lockSetRow(db, classId, setId)
    const { problems, exceptions } = readExceptionFile(csv, set, entry.class.timeZone, await listStudents(db, classId))
    const granted = exceptions.map(({ student, fields }) => ({
      ...fields,
      name: toStudent(student).name,
      dueAt: fields.dueAt?.toISOString() ?? null,
      closesAt: fields.closesAt?.toISOString() ?? null,
      replaces: set.exceptions.some(({ userId }) => userId === student.userId),
    }))
    const applied = apply && problems.length === 0
    if (applied) {
      const rows = exceptions.map(({ student, fields }) => ({ userId: student.userId, ...fields }))
      await putStudentExceptions(db, set.id, rows)
      // By their ids only, and without reasons: what the log says of somebody means nothing when their account is gone.
      const students = granted.map(({ replaces: _replaces, name: _name, reason: _reason, ...each }, index) => {
        return { id: exceptions[index]?.student.userId ?? '', ...each }
      })
      await writeAudit(db, { actorId: viewer.id, action: 'exceptions.imported', subject: set.id, detail: { students } })
    }
    return { problems, granted, applied }
  })
}
