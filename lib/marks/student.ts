import { markCell, type CellMark } from './cell'
import { creditAt } from './credit'
import { maxOf, pickItems, totalOf } from './set-total'
import type { Attempt, Instant, Mark, MarkedSet, Terms } from './terms'

/** Everything that the marks of one student in one class rest on. */
export interface StudentInput {
  now: Instant
  /** Late days for all sets of the class together. */
  graceDays: number
  /** The published sets, in the order in which they are shown. */
  sets: readonly { set: MarkedSet; terms: Terms }[]
  /** By item. Attempts that improve on none before them may be left out; see markCell. */
  attempts: ReadonlyMap<string, readonly Attempt[]>
  /** Marks that a person gave, by item. */
  overrides: ReadonlyMap<string, Mark>
}

export interface StudentCell extends CellMark {
  itemId: string
  /** What the submissions alone give; the same as `mark` unless that was overridden. */
  computed: Mark
  overridden: boolean
  /** Whether it is one of those that make up the total of the set. */
  counts: boolean
}

export interface SetMarks {
  setId: string
  /** In the order of the items. */
  cells: StudentCell[]
  total: Mark
  max: Mark
  /** Late days that it takes from the budget. */
  graceDays: number
  exempt: boolean
  /** Whether it is part of the class total: it has opened, and the student is not exempt. */
  counts: boolean
}

export interface StudentMarks {
  /** In the order of the input. */
  sets: SetMarks[]
  total: Mark
  max: Mark
  graceDaysLeft: number
}

/**
 * All marks of one student in one class.
 *
 * Grace days are spent set by set, in the order in which they are due for the student: each takes as few as give its
 * greatest total, out of what those before have left. Sets that the student is exempt from take none.
 */
export function markStudent(input: StudentInput): StudentMarks {
  let graceDaysLeft = input.graceDays
  const marked = new Map<string, SetMarks>()
  for (const { set, terms } of [...input.sets].sort(byDueTime)) {
    const graceDays = terms.exempt ? 0 : spendGraceDays(input, set, terms, graceDaysLeft)
    graceDaysLeft -= graceDays
    marked.set(set.id, markSet(input, set, terms, graceDays))
  }
  const sets = input.sets.map(({ set }) => marked.get(set.id)!)
  const counting = sets.filter(({ counts }) => counts)
  return {
    sets,
    total: counting.reduce((sum, { total }) => sum + total, 0),
    max: counting.reduce((sum, { max }) => sum + max, 0),
    graceDaysLeft,
  }
}

type SetOfStudent = StudentInput['sets'][number]

function byDueTime(a: SetOfStudent, b: SetOfStudent): number {
  return a.terms.dueAt - b.terms.dueAt || (a.set.id < b.set.id ? -1 : 1)
}

/** The fewest grace days that give the set its greatest total. More of them never give less. */
function spendGraceDays(input: StudentInput, set: MarkedSet, terms: Terms, left: number): number {
  if (terms.latePolicy.kind !== 'grace-days') return 0
  const most = Math.min(left, latestDay(input, set, terms))
  let best = { days: 0, total: totalWith(input, set, terms, 0) }
  for (let days = 1; days <= most; days++) {
    const total = totalWith(input, set, terms, days)
    if (total > best.total) best = { days, total }
  }
  return best.days
}

/** The last late day with an attempt that could count; 0 when all were on time. */
function latestDay({ attempts }: StudentInput, { items }: MarkedSet, terms: Terms): number {
  const days = items.flatMap(({ id }) => attempts.get(id) ?? []).map(({ at }) => creditAt(terms, at)?.lateDays ?? 0)
  return Math.max(0, ...days)
}

function totalWith(input: StudentInput, set: MarkedSet, terms: Terms, graceDays: number): Mark {
  return totalOf(set.items, set.pickCount, markItems(input, set, terms, graceDays).map(({ mark }) => mark))
}

function markSet(input: StudentInput, set: MarkedSet, terms: Terms, graceDays: number): SetMarks {
  const cells = markItems(input, set, terms, graceDays)
  const marks = cells.map(({ mark }) => mark)
  const counts = pickItems(set.items, set.pickCount, marks)
  return {
    setId: set.id,
    cells: cells.map((cell, index) => ({ ...cell, counts: counts[index] ?? false })),
    total: totalOf(set.items, set.pickCount, marks),
    max: maxOf(set),
    graceDays,
    exempt: terms.exempt,
    counts: !terms.exempt && terms.opensAt <= input.now,
  }
}

/** One cell for each item; a mark that a person gave stands instead of the computed one, also without a submission. */
function markItems({ attempts, overrides }: StudentInput, set: MarkedSet, terms: Terms, graceDays: number) {
  return set.items.map(({ id, points }) => {
    const cell = markCell(terms, points, attempts.get(id) ?? [], graceDays)
    const override = overrides.get(id)
    return {
      ...cell, itemId: id, mark: override ?? cell.mark, computed: cell.mark, overridden: override !== undefined,
    }
  })
}
