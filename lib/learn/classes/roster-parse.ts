import type { z } from 'zod'
import { DisplayName, EmailAddress } from '@/lib/contract/account'
import { ExternalId, SectionName } from '@/lib/contract/class'
import {
  MAX_ROSTER_PEOPLE, ROSTER_COLUMNS, type RosterColumn, type RosterPerson, type RosterProblem, type RosterRule,
} from '@/lib/contract/roster'
import { NotCsv, readTable, type TableLine } from './read-table'
import { POSITIONAL, readHeader, type Part } from './roster-header'

/** Somebody on a roster; null where it says nothing. */
export type RosterLine = Omit<RosterPerson, 'outcome'>

export interface ParsedRoster {
  lines: RosterLine[]
  ignoredColumns: readonly string[]
  problems: RosterProblem[]
}

/** How much of a wrong value is told. */
const SHOWN = 60

const SCHEMAS: Record<RosterColumn, z.ZodType<string>> = {
  email: EmailAddress, name: DisplayName, section: SectionName, externalId: ExternalId,
}

/**
 * Reads a roster: comma-, semicolon- or tab-separated values, with or without a line of names (see roster-header),
 * values in quotes or not. It knows no class: all that is wrong with the text itself is among the problems.
 */
export function parseRoster(text: string): ParsedRoster {
  const nothing = { lines: [], ignoredColumns: [] }
  const rows = readRows(text)
  if (!Array.isArray(rows)) return { ...nothing, problems: [rows] }
  const header = rows[0] ? readHeader(rows[0].cells) : null
  const ignoredColumns = header?.ignored ?? []
  const people = header ? rows.slice(1) : rows
  if (people.length === 0) return { ...nothing, ignoredColumns, problems: [problem(1, 'empty')] }
  const parts = header?.parts ?? POSITIONAL
  const wrong = problemsOfHeader(header ? parts : null, header?.twice ?? [], rows[0]?.line ?? 1)
  if (people.length > MAX_ROSTER_PEOPLE) wrong.push(problem(people[MAX_ROSTER_PEOPLE]?.line ?? 1, 'too-many-people'))
  if (wrong.length > 0) return { ...nothing, ignoredColumns, problems: wrong }
  const read = people.map((row) => readLine(row, parts))
  const lines = read.map(({ line }) => line)
  const problems = [
    ...read.flatMap((each) => each.problems), ...findTwice(lines, 'email'), ...findTwice(lines, 'externalId'),
  ]
  return { lines, ignoredColumns, problems }
}

function readRows(text: string): TableLine[] | RosterProblem {
  try {
    return readTable(text, delimiterOf(text))
  } catch (error) {
    if (!(error instanceof NotCsv)) throw error
    return problem(error.line ?? 1, 'not-csv')
  }
}

/** Whichever separator comes first in the first line that has one. */
function delimiterOf(text: string): string {
  return /[,;\t，；]/.exec(text.replace(/"[^"]*"/g, ''))?.[0] ?? ','
}

function problemsOfHeader(
  parts: readonly (Part | null)[] | null, twice: readonly Part[], line: number,
): RosterProblem[] {
  const problems = twice.map((part) => problem(line, 'column-twice', columnOf(part)))
  return parts && !parts.includes('email') ? [...problems, problem(line, 'no-email-column', 'email')] : problems
}

function readLine(
  { line, cells }: TableLine, parts: readonly (Part | null)[],
): { line: RosterLine; problems: RosterProblem[] } {
  const cell = (part: Part) => cells[parts.indexOf(part)] ?? ''
  const typed: Record<RosterColumn, string> = {
    email: cell('email'),
    name: cell('name') || joinNames(cell('given'), cell('family')),
    section: cell('section'),
    externalId: cell('externalId'),
  }
  const problems: RosterProblem[] = []
  if (cells.slice(parts.length).some((extra) => extra !== '')) {
    problems.push(problem(line, 'too-many-values', null, cells.slice(parts.length).join(', ')))
  }
  if (typed.email === '') problems.push(problem(line, 'missing', 'email'))
  const values = ROSTER_COLUMNS.map((column) => {
    const value = typed[column]
    if (value === '') return [column, null] as const
    const result = SCHEMAS[column].safeParse(value)
    if (!result.success) problems.push(problem(line, ruleOf(result.error, column), column, value))
    return [column, result.success ? result.data : null] as const
  })
  const read = Object.fromEntries(values) as Record<RosterColumn, string | null>
  return { line: { ...read, line, email: read.email ?? '' }, problems }
}

/** Chinese names have the family name first and no space. */
function joinNames(given: string, family: string): string {
  const isHan = /^\p{Script=Han}+$/u.test(given + family)
  return isHan ? family + given : [given, family].filter(Boolean).join(' ')
}

function ruleOf(error: z.ZodError, column: RosterColumn): RosterRule {
  const codes = error.issues.map(({ code }) => code)
  if (codes.includes('too_big')) return 'too-long'
  return column === 'email' ? 'not-an-address' : 'control-characters'
}

/** Lines whose value stands on a line before. */
function findTwice(lines: readonly RosterLine[], column: 'email' | 'externalId'): RosterProblem[] {
  const first = new Map<string, number>()
  return lines.flatMap((each) => {
    const value = each[column]
    if (!value) return []
    const otherLine = first.get(value)
    if (otherLine === undefined) first.set(value, each.line)
    return otherLine === undefined ? [] : [problem(each.line, 'twice', column, value, otherLine)]
  })
}

function columnOf(part: Part): RosterColumn {
  return part === 'given' || part === 'family' ? 'name' : part
}

export function problem(
  line: number, rule: RosterRule, column: RosterColumn | null = null, value = '', otherLine: number | null = null,
): RosterProblem {
  const shown = [...value]
  return { line, rule, column, value: shown.length > SHOWN ? `${shown.slice(0, SHOWN).join('')}…` : value, otherLine }
}
