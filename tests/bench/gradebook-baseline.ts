import type { ClassRow } from '@/lib/db/classes'
import type { Queries } from '@/lib/db/client'
import type { ClassMarks, StudentOfClass } from '@/lib/learn/classes/class-marks'
import { markStudent } from '@/lib/marks/marks'
import type { Attempt } from '@/lib/marks/terms'

interface GradedRow { userId: string; id: string; exercise: string; submittedAt: Date; score: number; maxScore: number }

/** The plain way to the same marks: every graded submission of the class as a row, and all of them marked. */
export async function recomputeAll(db: Queries, row: ClassRow, known: ClassMarks): Promise<StudentOfClass[]> {
  const rows = await db.$queryRaw<GradedRow[]>`
    select s.user_id::text as "userId", s.id::text, s.exercise, s.submitted_at as "submittedAt", v.score,
      v.max_score as "maxScore"
    from submissions s join verdicts v on v.submission_id = s.id
    join class_members m on m.user_id = s.user_id and m.class_id = ${row.id}::uuid
    where v.verdict <> 'error' and m.role = 'student' and m.removed_at is null
    order by s.submitted_at, s.id`
  const byCell = new Map<string, GradedRow[]>()
  for (const each of rows) {
    const key = `${each.userId} ${each.exercise}`
    byCell.set(key, [...(byCell.get(key) ?? []), each])
  }
  return known.students.map((student) => {
    const attempts = new Map(known.sets.flatMap(({ set }) => set.items.map(({ id, exercise }) => {
      const since = (byCell.get(`${student.userId} ${exercise}`) ?? []).filter((each) => each.submittedAt.getTime() >= set.opensAt)
      return [id, since.map((each, index): Attempt => ({
        submissionId: each.id, at: each.submittedAt.getTime(), score: each.score, maxScore: each.maxScore, number: index + 1,
      }))] as const
    })))
    const overrides = new Map(student.marks.sets.flatMap(({ cells }) =>
      cells.filter(({ overridden }) => overridden).map(({ itemId, mark }) => [itemId, mark] as const)))
    const sets = known.sets.map(({ set }, index) => ({ set, terms: student.terms[index]! }))
    return { ...student, marks: markStudent({ now: known.asOf, graceDays: row.graceDays, sets, attempts, overrides }) }
  })
}
