import type { StudentRow } from '@/lib/db/cells'

/** A student as the roster calls them, else by the name of the account. */
export function toStudent({ userId, name, user, externalId, section }: StudentRow) {
  return { id: userId, name: name ?? user.name, email: user.email, externalId, section: section?.name ?? null }
}

const collator = new Intl.Collator('en')

/** The order in which lists and files have the students of a class. */
export function compareStudents(a: StudentRow, b: StudentRow): number {
  return collator.compare(a.name ?? a.user.name, b.name ?? b.user.name) || (a.userId < b.userId ? -1 : 1)
}

export function byStudentName(a: { member: StudentRow }, b: { member: StudentRow }): number {
  return compareStudents(a.member, b.member)
}
