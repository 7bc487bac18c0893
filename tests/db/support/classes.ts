import { randomUUID } from 'node:crypto'
import type { Viewer } from '@/lib/contract/account'
import type { ClassRole, ClassView } from '@/lib/contract/class'
import { linkIdentity } from '@/lib/db/accounts'
import { addMember } from '@/lib/db/class-members'
import { database } from '@/lib/db/client'
import { toAccountView } from '@/lib/learn/accounts'
import { setRole } from '@/lib/db/users'
import { createClass } from '@/lib/learn/classes/classes'
import { newLearner } from './people'

export type Somebody = Pick<Viewer, 'id' | 'role' | 'email'>

/** A learner whose address nobody vouches for. */
export function somebody(email?: string): Promise<Somebody> {
  return newLearner(email)
}

/** Somebody who signed in through an outside provider, which vouches for the address. */
export async function vouchedFor(email?: string): Promise<Somebody> {
  const person = await newLearner(email)
  await linkIdentity(database(), person.id, { provider: 'oidc', providerAccountId: randomUUID() })
  return person
}

export async function siteAdmin(): Promise<Somebody> {
  return toAccountView(await setRole(database(), (await newLearner()).id, 'admin'))
}

/** A class with its first instructor. */
export async function newClass(values: { timeZone?: string } = {}): Promise<{ view: ClassView; id: string; instructor: Somebody }> {
  const instructor = await somebody()
  const view = await createClass(instructor, { name: 'Back ends', term: '', timeZone: 'UTC', graceDays: 0, ...values })
  return { view, id: view.id, instructor }
}

/** Somebody new in the class. */
export async function newMember(classId: string, role: ClassRole = 'student', email?: string): Promise<Somebody> {
  const person = await somebody(email)
  await addMember(database(), { classId, userId: person.id, role })
  return person
}

/** What was written down of a class, the first thing first. */
export async function logOf(classId: string): Promise<{ action: string; actorId: string | null; detail: unknown }[]> {
  const where = { subject: classId }
  return database().auditEntry.findMany({ where, orderBy: { id: 'asc' }, select: { action: true, actorId: true, detail: true } })
}
