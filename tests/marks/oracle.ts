import type { LatePolicy } from '@/lib/contract/late-policy'
import type { Exception, MarkedSet } from '@/lib/marks/terms'

/*
 * Marks once more, from the rules alone: slow, without Temporal, without floating point, without a thought for what may be left
 * out. Clocks are read minute by minute with Intl, marks are fractions of big integers, what to pick is tried out.
 * Nothing but types comes from the code under test.
 */

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export interface Submission {
  id: string
  exercise: string
  at: number
  /** Null for an error of ours. */
  result: { score: number; maxScore: number } | null
  /** It was an error of ours when it was made, and the result came with a regrade. */
  wasError: boolean
}

export interface World {
  now: number
  timeZone: string
  graceDays: number
  sets: { set: MarkedSet; own: Exception | null; section: Exception | null }[]
  submissions: Submission[]
  overrides: Map<string, number>
}

interface OracleCell { mark: number; submissionId: string | null; lateDays: number; percent: number }
export interface OracleSet { cells: OracleCell[]; total: number; max: number; graceDays: number; counts: boolean }
export interface OracleMarks { sets: OracleSet[]; total: number; max: number; graceDaysLeft: number }

const clocks = new Map<string, Intl.DateTimeFormat>()
const minutes = new Map<string, number>()

/** What a clock on the wall shows, as the milliseconds since 1970 of a place where it is UTC. */
function wallClock(at: number, timeZone: string): number {
  const minute = Math.floor(at / MINUTE)
  const key = `${minute} ${timeZone}`
  let shown = minutes.get(key)
  if (shown === undefined) minutes.set(key, (shown = readClock(minute * MINUTE, timeZone)))
  return shown + at - minute * MINUTE
}

function readClock(at: number, timeZone: string): number {
  let clock = clocks.get(timeZone)
  if (!clock) {
    clock = new Intl.DateTimeFormat('en-US', {
      timeZone, hourCycle: 'h23', year: 'numeric', month: 'numeric', day: 'numeric', hour: 'numeric', minute: 'numeric',
    })
    clocks.set(timeZone, clock)
  }
  const shown: Record<string, number> = {}
  for (const { type, value } of clock.formatToParts(at)) shown[type] = Number(value)
  const { year = 0, month = 0, day = 0, hour = 0, minute = 0 } = shown
  return Date.UTC(year, month - 1, day, hour, minute)
}

const ends = new Map<string, number>()

/** The first instant of the day `days` after at which the wall clock shows the same again; one past a gap if it never does. */
export function endOfLateDay(dueAt: number, days: number, timeZone: string): number {
  const key = `${dueAt} ${days} ${timeZone}`
  const known = ends.get(key)
  if (known !== undefined) return known
  const end = walkTo(wallClock(dueAt, timeZone) + days * DAY, dueAt + days * DAY, timeZone)
  ends.set(key, end)
  return end
}

function walkTo(target: number, about: number, timeZone: string): number {
  for (let at = about - 3 * HOUR; at < about + 3 * HOUR; at += MINUTE) {
    const shown = wallClock(at, timeZone)
    if (shown === target) return at
    if (shown > target) {
      // The clock jumped over it: by as much, it counts later.
      const jump = shown - wallClock(at - MINUTE, timeZone) - MINUTE
      return walkTo(target + jump, about, timeZone)
    }
  }
  throw new Error('The clock never got there')
}

function daysLate(at: number, dueAt: number, timeZone: string): number {
  let days = 0
  for (let end = dueAt; at > end; end = endOfLateDay(dueAt, days, timeZone)) days++
  return days
}

/** Dates of one student in one set. */
function datesOf({ set, own, section }: World['sets'][number]) {
  const exception = own === null ? section : own
  // Nothing that an exception says is worse than what holds without it.
  let { dueAt, closesAt, attemptLimit } = set
  if (exception !== null && exception.dueAt !== null && exception.dueAt > dueAt) dueAt = exception.dueAt
  if (exception !== null && exception.closesAt !== null && exception.closesAt > closesAt) closesAt = exception.closesAt
  if (dueAt > closesAt) closesAt = dueAt
  if (exception !== null && exception.attemptLimit !== null && attemptLimit !== null && exception.attemptLimit > attemptLimit) {
    attemptLimit = exception.attemptLimit
  }
  return { dueAt, closesAt, attemptLimit, exempt: exception !== null && exception.exempt, moved: dueAt - set.dueAt }
}

/** Percentage and late days of a submission that would take `graceDays` at most, or null. */
function worth(policy: LatePolicy, at: number, dueAt: number, moved: number, timeZone: string, graceDays: number) {
  const lateDays = daysLate(at, dueAt, timeZone)
  if (policy.kind === 'timeline') {
    let percent: number | null = null
    for (const step of [...policy.steps].reverse()) {
      if (at <= new Date(step.until).getTime() + moved) percent = step.percent
    }
    return percent === null ? null : { percent, lateDays }
  }
  if (at <= dueAt) return { percent: 100, lateDays }
  if (policy.kind === 'grace-days') {
    return lateDays <= policy.most && lateDays <= graceDays ? { percent: 100, lateDays } : null
  }
  if (policy.kind === 'none') return null
  let percent = 100
  for (let day = 0; day < lateDays; day++) percent -= policy.percent
  return { percent: percent < policy.floor ? policy.floor : percent, lateDays }
}

function hundredths(points: number, score: number, maxScore: number, percent: number): number {
  // In two-hundredths, so that a half is an odd number of them.
  const halves = (BigInt(points) * 200n * BigInt(score) * BigInt(percent)) / (BigInt(maxScore) * 100n)
  return Number((halves + 1n) / 2n)
}

function cellsOf(world: World, entry: World['sets'][number], graceDays: number): OracleCell[] {
  const { set } = entry
  const { dueAt, closesAt, attemptLimit, moved } = datesOf(entry)
  return set.items.map(({ id, exercise, points }) => {
    const graded = world.submissions
      .filter((each) => each.exercise === exercise && each.result !== null && each.at >= set.opensAt)
      .sort((a, b) => a.at === b.at ? (a.id < b.id ? -1 : 1) : a.at - b.at)
    let left = attemptLimit === null ? Infinity : attemptLimit
    const cells = graded.flatMap((each): OracleCell[] => {
      if (left === 0) return []
      if (!each.wasError) left--
      if (each.at > closesAt) return []
      const credit = worth(set.latePolicy, each.at, dueAt, moved, world.timeZone, graceDays)
      if (credit === null) return []
      const { score, maxScore } = each.result!
      return [{ ...credit, mark: hundredths(points, score, maxScore, credit.percent), submissionId: each.id }]
    })
    const greatest = Math.max(...cells.map(({ mark }) => mark))
    const cell = cells.find(({ mark }) => mark === greatest) ?? { mark: 0, submissionId: null, lateDays: 0, percent: 0 }
    const override = world.overrides.get(id)
    return override === undefined ? cell : { ...cell, mark: override }
  })
}

/** The most that required ones and any `pickCount` of those to choose from can add up to; all choices are tried. */
function greatestSum(set: MarkedSet, marks: readonly number[]): number {
  const required = set.items.reduce((sum, { kind }, index) => kind === 'required' ? sum + marks[index]! : sum, 0)
  const choices = set.items.flatMap(({ kind }, index) => kind === 'choice' ? [marks[index]!] : [])
  let best = 0
  for (let chosen = 0; chosen < 2 ** choices.length; chosen++) {
    const taken = choices.filter((_, place) => Math.floor(chosen / 2 ** place) % 2 === 1)
    if (taken.length <= set.pickCount) best = Math.max(best, taken.reduce((sum, mark) => sum + mark, 0))
  }
  return required + best
}

/** All marks of one student. */
export function oracleMarks(world: World): OracleMarks {
  const order = world.sets.map((_, index) => index).sort((a, b) => {
    const [first, second] = [world.sets[a]!, world.sets[b]!]
    const dates = [datesOf(first).dueAt, datesOf(second).dueAt] as const
    return dates[0] === dates[1] ? (first.set.id < second.set.id ? -1 : 1) : dates[0] - dates[1]
  })
  let left = world.graceDays
  const sets: OracleSet[] = []
  for (const index of order) {
    const entry = world.sets[index]!
    const { set } = entry
    const { exempt } = datesOf(entry)
    const most = set.latePolicy.kind === 'grace-days' && !exempt ? Math.min(left, set.latePolicy.most) : 0
    const tries = Array.from({ length: most + 1 }, (_, days) => {
      const cells = cellsOf(world, entry, days)
      return { days, cells, total: greatestSum(set, cells.map(({ mark }) => mark)) }
    })
    const greatest = Math.max(...tries.map(({ total }) => total))
    const { days, cells, total } = tries.find((each) => each.total === greatest)!
    left -= days
    const max = greatestSum(set, set.items.map(({ points }) => points * 100))
    sets[index] = { cells, total, max, graceDays: days, counts: !exempt && set.opensAt <= world.now }
  }
  const sum = (of: 'total' | 'max') => sets.filter(({ counts }) => counts).reduce((all, each) => all + each[of], 0)
  return { sets, total: sum('total'), max: sum('max'), graceDaysLeft: left }
}
