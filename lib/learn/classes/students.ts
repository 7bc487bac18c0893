import type { StudentRow } from '@/lib/db/cells'

interface Named {
  id: string
  name: string
}

/** What somebody in a class is called: as the roster says, else by the name of the account. */
export function nameOf({ name, user }: { name: string | null; user: { name: string } }): string {
  return name ?? user.name
}

/** A student as others are pointed to them. */
export function toRef(student: StudentRow): Named {
  return { id: student.userId, name: nameOf(student) }
}

/** A student with what tells them apart from others of the name. */
export function toStudent(student: StudentRow) {
  const { user: { email }, externalId, section } = student
  return { ...toRef(student), email, externalId, section: section?.name ?? null }
}

/** The order of names, also of other things that have one. */
export const compareNames = new Intl.Collator('en').compare

/** The order in which lists and files have people. */
export function byName(a: Named, b: Named): number {
  return compareNames(a.name, b.name) || (a.id < b.id ? -1 : 1)
}

/** The same for rows of students. */
export function compareStudents(a: StudentRow, b: StudentRow): number {
  return byName(toRef(a), toRef(b))
}

export function byStudentName(a: { member: StudentRow }, b: { member: StudentRow }): number {
  return compareStudents(a.member, b.member)
}
