import type { ClassRole, ClassSummary, ClassView } from '@/lib/contract/class'
import type { ClassRow, ListedClass } from '@/lib/db/classes'

/** A class as one of its members sees it. */
export function toClassView(row: ClassRow, role: ClassRole): ClassView {
  const { id, name, term, timeZone, graceDays, archivedAt, createdAt } = row
  return {
    id, name, term, timeZone, graceDays, role,
    archivedAt: archivedAt?.toISOString() ?? null,
    createdAt: createdAt.toISOString(),
  }
}

/** The same in a list. Students are not told how many they are. */
export function toClassSummary(row: ListedClass, role: ClassRole): ClassSummary {
  const students = role === 'student' ? null : row.students
  return { ...toClassView(row, role), students, instructors: row.instructors }
}
