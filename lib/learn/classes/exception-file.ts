import { z } from 'zod'
import { MAX_ATTEMPTS } from '@/lib/contract/problem-set'
import { MAX_REASON, type ImportProblem } from '@/lib/contract/set-exception'
import { Line } from '@/lib/contract/text'
import type { ExceptionFields } from '@/lib/db/set-exceptions'
import { instantOf } from '@/lib/marks/local-time'
import { NotCsv, readTable, type TableLine } from './read-table'

/** Most lines of a file; no class has more students. */
const MAX_LINES = 5_000

/** What a column may be called, in any case. A student is named by the first of their columns that is not empty. */
const COLUMNS = {
  student: ['student', 'email', 'e-mail', 'external_id', 'external id', 'externalid', '学生', '邮箱', '学号'],
  due: ['due', 'due_at', '截止'],
  close: ['close', 'closes', 'closes_at', '关闭'],
  attempts: ['attempts', 'attempt_limit', '次数'],
  exempt: ['exempt', '免做'],
  reason: ['reason', '原因'],
} as const
type Column = keyof typeof COLUMNS

const YES = new Set(['yes', 'y', 'true', '1', 'x', '是'])
const NO = new Set(['', 'no', 'n', 'false', '0', '否'])

/** One line of a file. */
export interface ExceptionLine {
  line: number
  /** What names the student. */
  student: string
  /** What is granted; null where the line has a problem. */
  fields: ExceptionFields | null
  /** The dates and the number as they were written. */
  written: Record<'dueAt' | 'closesAt' | 'attemptLimit', string>
}

export interface ExceptionFile {
  problems: ImportProblem[]
  /** In the order of the file; empty where it is no such file. */
  lines: ExceptionLine[]
}

/**
 * Reads a file of exceptions: CSV with commas, semicolons or tabs, and a header. Students are named by e-mail or
 * external id. Times are `2026-09-30 23:59` on the clocks of the class, a date alone for its last minute, or a time
 * with an offset. Every problem of the file by itself is told, with its line.
 */
export function readExceptionFile(csv: string, timeZone: string): ExceptionFile {
  const table = readLines(csv)
  if (!Array.isArray(table)) return { problems: [table], lines: [] }
  const [head, ...rows] = table
  const columns = (head?.cells ?? []).map(columnOf)
  const problems: ImportProblem[] = (head?.cells ?? []).flatMap((value, index) => {
    if (columns[index] !== null || value === '') return []
    return [{ line: head?.line ?? 1, rule: 'unknown-column' as const, value }]
  })
  if (!columns.includes('student')) problems.push({ line: head?.line ?? 1, rule: 'missing-column', value: 'student' })
  if (rows.length === 0) problems.push({ line: null, rule: 'no-lines', value: '' })
  if (rows.length > MAX_LINES) problems.push({ line: null, rule: 'too-many-lines', value: String(rows.length) })
  if (problems.length > 0) return { problems, lines: [] }

  const lines = rows.map(({ line, cells }): ExceptionLine => {
    const valueOf = (column: Column) => cells.find((cell, index) => columns[index] === column && cell !== '') ?? ''
    return {
      line,
      student: valueOf('student'),
      fields: readFields(valueOf, timeZone, (rule, value) => void problems.push({ line, rule, value })),
      written: { dueAt: valueOf('due'), closesAt: valueOf('close'), attemptLimit: valueOf('attempts') },
    }
  })
  return { problems, lines }
}

/** What a line grants, or null after telling each problem of it. */
function readFields(
  valueOf: (column: Column) => string, timeZone: string, fail: (rule: ImportProblem['rule'], value: string) => void,
): ExceptionFields | null {
  let isRight = true
  const wrong = (rule: ImportProblem['rule'], value: string): null => {
    isRight = false
    fail(rule, value)
    return null
  }
  const time = (value: string) => (value === '' ? null : readTime(value, timeZone) ?? wrong('not-a-time', value))
  const dueAt = time(valueOf('due'))
  const closesAt = time(valueOf('close'))
  const attempts = valueOf('attempts')
  const attemptLimit = attempts === '' ? null : readCount(attempts) ?? wrong('not-a-number', attempts)
  const exempt = valueOf('exempt').toLowerCase()
  if (!YES.has(exempt) && !NO.has(exempt)) wrong('not-yes-or-no', valueOf('exempt'))
  const reason = Line.max(MAX_REASON).safeParse(valueOf('reason'))
  if (!reason.success) wrong('not-a-reason', valueOf('reason'))
  if (!isRight) return null
  const fields = { dueAt, closesAt, attemptLimit, exempt: YES.has(exempt), reason: reason.data ?? '' }
  return fields.exempt || dueAt || closesAt || attemptLimit !== null ? fields : wrong('nothing-granted', '')
}

function readLines(csv: string): TableLine[] | ImportProblem {
  try {
    return readTable(csv, delimiterOf(csv))
  } catch (error) {
    if (!(error instanceof NotCsv)) throw error
    return { line: error.line, rule: 'not-csv', value: '' }
  }
}

/** The one that the header has most of. */
function delimiterOf(csv: string): string {
  const header = csv.split('\n', 1)[0] ?? ''
  const count = (sign: string) => header.split(sign).length
  return [',', ';', '\t'].reduce((best, sign) => (count(sign) > count(best) ? sign : best))
}

function columnOf(name: string): Column | null {
  const wanted = name.trim().toLowerCase()
  const found = Object.entries(COLUMNS).find(([, names]) => (names as readonly string[]).includes(wanted))
  return (found?.[0] as Column | undefined) ?? null
}

function readCount(value: string): number | null {
  const count = /^\d{1,4}$/.test(value) ? Number(value) : 0
  return count >= 1 && count <= MAX_ATTEMPTS ? count : null
}

const LOCAL = /^(\d{4}-\d{2}-\d{2})(?:[ T](\d{2}:\d{2}(?::\d{2})?))?$/

function readTime(value: string, timeZone: string): Date | null {
  const local = LOCAL.exec(value)
  try {
    if (local) return new Date(instantOf(`${local[1]}T${local[2] ?? '23:59'}`, timeZone))
  } catch {
    return null
  }
  const withOffset = z.iso.datetime({ offset: true }).safeParse(value.replace(' ', 'T'))
  return withOffset.success ? new Date(withOffset.data) : null
}
