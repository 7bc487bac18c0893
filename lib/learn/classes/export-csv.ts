import { stringify } from 'csv-stringify/sync'
import type { Viewer } from '@/lib/contract/account'
import { markClass, type ClassMarks, type StudentOfClass } from './class-marks'
import { countUse } from './count-use'
import { enterClass } from './enter-class'
import { safeFileName } from './export-file-name'
import { logChange } from './log-change'
import { byStudentName, toStudent } from './students'

export interface ExportedText {
  /** File name, without folder. */
  name: string
  text: string
}

/**
 * The gradebook as a table for spreadsheets and other systems: one line for each student, one column for each
 * exercise, set and the whole, in points with two decimals. Exercises that the student need not do, and sets that have
 * not opened, are empty. UTF-8 with a byte order mark; texts that a spreadsheet would take for a formula get an
 * apostrophe before them.
 */
export function exportCsv(viewer: Pick<Viewer, 'id' | 'role'>, classId: string): Promise<ExportedText> {
  return enterClass(viewer, classId, 'marks.export', async (db, entry) => {
    await countUse(entry, 'export')
    const marks = await markClass(db, entry.class)
    await logChange(db, entry, 'class.exported', { format: 'csv' })
    const lines = [...marks.students].sort(byStudentName).map((student) => lineOf(student, marks))
    return {
      name: `${safeFileName(entry.class.name)} gradebook ${new Date(marks.now).toISOString().slice(0, 10)}.csv`,
      text: stringify([headOf(marks), ...lines], { bom: true, escape_formulas: true, record_delimiter: 'windows' }),
    }
  })
}

function headOf({ sets }: ClassMarks): string[] {
  const columns = sets.flatMap(({ row, set }) => [
    ...set.items.map(({ exercise, points }) => `${row.title}: ${exercise} (${points})`), `${row.title}: total`,
  ])
  return ['email', 'external_id', 'name', 'section', ...columns, 'total', 'max']
}

function lineOf(student: StudentOfClass, { sets, asOf }: ClassMarks): string[] {
  const { name, email, externalId, section } = toStudent(student.member)
  const marks = sets.flatMap(({ set }, index) => {
    const own = student.marks.sets[index]
    if (!own || own.exempt || set.opensAt > asOf) return [...set.items.map(() => ''), '']
    return [...own.cells.map(({ mark }) => points(mark)), points(own.total)]
  })
  const { total, max } = student.marks
  return [email, externalId ?? '', name, section ?? '', ...marks, points(total), points(max)]
}

/** Hundredths of a point with two decimals, exactly. */
function points(mark: number): string {
  return `${Math.floor(mark / 100)}.${String(mark % 100).padStart(2, '0')}`
}
