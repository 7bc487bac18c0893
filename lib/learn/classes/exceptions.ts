import type { Viewer } from '@/lib/contract/account'
import { Id } from '@/lib/contract/id'
import { ProblemError } from '@/lib/contract/problem'
import type { ExceptionBody, ExceptionFor, ExceptionTargets, ExceptionView } from '@/lib/contract/set-exception'
import { writeAudit } from '@/lib/db/audit'
import { findStudent, listStudents } from '@/lib/db/cells'
import { findSection, listSections } from '@/lib/db/class-sections'
import { shareClass } from '@/lib/db/classes'
import type { Queries } from '@/lib/db/client'
import * as rows from '@/lib/db/set-exceptions'
import { grantsNothing } from '@/lib/marks/marks'
import { changeClass, enterClass } from './enter-class'
import { findBrokenRule, RULE_MESSAGES } from './exception-rules'
import { toException, toMarkedSet } from './marked-set'
import { lockSetRow } from './set-changes'
import { getSetRow } from './sets'
import { compareStudents, nameOf, toRef } from './students'

type Person = Pick<Viewer, 'id' | 'role'>

/** The exceptions of a set, the latest first. */
export function listExceptions(viewer: Person, classId: string, setId: string): Promise<ExceptionView[]> {
  return enterClass(viewer, classId, 'exceptions.view', async (db) => {
    const set = await getSetRow(db, classId, setId)
    const [exceptions, students] = await Promise.all([rows.listExceptions(db, set.id), listStudents(db, classId)])
    const names = new Map(students.map((student) => [student.userId, nameOf(student)]))
    const marked = toMarkedSet(set)
    return exceptions.map((row) => ({ ...toView(row, names), overtaken: grantsNothing(marked, toException(row)) }))
  })
}

/** Whom exceptions of a class can be for: present students and sections, by name. */
export function listExceptionTargets(viewer: Person, classId: string): Promise<ExceptionTargets> {
  return enterClass(viewer, classId, 'exceptions.view', async (db) => {
    const [students, sections] = await Promise.all([listStudents(db, classId), listSections(db, classId)])
    return {
      students: students.sort(compareStudents).map((student) => {
        return { ...toRef(student), email: student.user.email, sectionId: student.sectionId }
      }),
      sections: sections.map(({ id, name }) => ({ id, name })),
    }
  })
}

/**
 * Grants an exception in the place of what the student or section had; the student's own is also in the place of what
 * the section has. Marks follow at once.
 * @throws ProblemError `bad-request` when it grants less than the set, `not-found` for people who are not in the class
 */
export function grantException(viewer: Person, classId: string, setId: string, body: ExceptionBody): Promise<void> {
  return changeClass(viewer, classId, 'exceptions.edit', async (db) => {
    // The section, or the student's place, is not taken away meanwhile.
    await shareClass(db, classId)
    const set = await lockSetRow(db, classId, setId)
    const fields = toFields(body)
    const broken = findBrokenRule(set, fields)
    if (broken) {
      const { rule, field: path } = broken
      const message = RULE_MESSAGES[rule]
      throw new ProblemError('bad-request', `${path} ${message}.`, { issues: [{ path, rule, message }] })
    }
    await assertInClass(db, classId, body.for)
    await rows.putException(db, setId, toTarget(body.for), fields)
    // Not the reason, which may be private: it goes with the exception, and the log stays.
    const { for: { kind, id }, reason: _reason, ...granted } = body
    await writeAudit(db, {
      actorId: viewer.id, action: 'exception.granted', subject: set.id, classId, detail: { kind, id, ...granted },
    })
  })
}

/** Takes an exception back. @throws ProblemError `not-found` */
export function removeException(viewer: Person, classId: string, setId: string, id: string): Promise<void> {
  return changeClass(viewer, classId, 'exceptions.edit', async (db) => {
    const set = await lockSetRow(db, classId, setId)
    const removed = Id.safeParse(id).success ? await rows.removeException(db, set.id, id) : null
    if (!removed) throw new ProblemError('not-found', 'There is no such exception.')
    const { userId, sectionId, dueAt, closesAt, attemptLimit, exempt } = removed
    await writeAudit(db, {
      actorId: viewer.id, action: 'exception.removed', subject: set.id, classId, detail: {
        kind: userId ? 'student' : 'section', id: userId ?? sectionId, attemptLimit, exempt,
        dueAt: dueAt?.toISOString() ?? null, closesAt: closesAt?.toISOString() ?? null,
      },
    })
  })
}

/** What is stored of a grant. */
export function toFields(granted: Omit<ExceptionBody, 'for'>): rows.ExceptionFields {
  const { dueAt, closesAt, attemptLimit, exempt, reason } = granted
  return {
    dueAt: dueAt === null ? null : new Date(dueAt),
    closesAt: closesAt === null ? null : new Date(closesAt),
    attemptLimit, exempt, reason,
  }
}

function toTarget({ kind, id }: ExceptionFor): rows.ExceptionTarget {
  return kind === 'student' ? { userId: id } : { sectionId: id }
}

async function assertInClass(db: Queries, classId: string, { kind, id }: ExceptionFor): Promise<void> {
  const found = kind === 'student' ? await findStudent(db, classId, id) : await findSection(db, classId, id)
  if (!found) throw new ProblemError('not-found', `There is no such ${kind} in this class.`)
}

/** Students are called as the roster calls them; who was removed keeps the name of the account. */
function toView(row: rows.NamedException, names: ReadonlyMap<string, string>): Omit<ExceptionView, 'overtaken'> {
  return {
    id: row.id,
    for: row.userId === null ? { kind: 'section', id: row.sectionId ?? '' } : { kind: 'student', id: row.userId },
    name: (row.userId === null ? row.section?.name : names.get(row.userId) ?? row.user?.name) ?? '',
    dueAt: row.dueAt?.toISOString() ?? null,
    closesAt: row.closesAt?.toISOString() ?? null,
    attemptLimit: row.attemptLimit,
    exempt: row.exempt,
    reason: row.reason,
    createdAt: row.createdAt.toISOString(),
  }
}
