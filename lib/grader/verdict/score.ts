import type { GroupResult, TestResult } from '@/lib/contract/verdict'
import { BrokenExercise, type TestedExercise } from '../exercise'
import { fullName, type JudgedTest, type ListedTest } from '../judge/messages'

/** Name of the group of tests outside all blocks, where an exercise describes no groups. */
const UNGROUPED = 'tests'

export interface Score {
  tests: TestResult[]
  groups: GroupResult[]
  score: number
  maxScore: number
  /** Whether exactly the listed tests were there, and each that is not left out by its file has passed. */
  isComplete: boolean
}

/** Points of groups that are described, or one for each block of the file. */
function pointsByGroup(groups: TestedExercise['groups'], listed: readonly ListedTest[]): Map<string, number> {
  const described = Object.entries(groups).map(([title, { points }]) => [title, points] as const)
  if (described.length > 0) return new Map(described)
  const run = listed.filter(({ skipped }) => !skipped)
  return new Map(run.map(({ suites: [title] }) => [title ?? UNGROUPED, 1] as const))
}

/**
 * Counts what the judge saw against the list of tests that was made without the solution. A listed test that did not
 * run has failed.
 * @throws BrokenExercise when a group has no test: nobody could earn its points
 */
export function score(
  exercise: Pick<TestedExercise, 'groups'>,
  listed: readonly ListedTest[],
  judged: readonly JudgedTest[],
): Score {
  const points = pointsByGroup(exercise.groups, listed)
  const isBare = Object.keys(exercise.groups).length === 0
  const outcomes = byPlace(judged)
  const tests = listed.map((test): TestResult => {
    const seen = outcomes.get(fullName(test))?.shift()
    const durationMs = Math.round(seen?.durationMs ?? 0)
    return { ...nameOf(test, points, isBare), state: stateOf(test, seen), durationMs }
  })
  const groups = [...points].map(([title, worth]): GroupResult => {
    const counted = tests.filter(({ group, state }) => group === title && state !== 'skipped')
    if (counted.length === 0) throw new BrokenExercise(`The hidden tests have no test in the group "${title}".`)
    const passed = counted.filter(({ state }) => state === 'passed').length
    return { title, points: worth, earned: passed === counted.length ? worth : 0, passed, total: counted.length }
  })
  const isUnlisted = [...outcomes.values()].some((left) => left.length > 0)
  return {
    tests,
    groups,
    score: sum(groups.map(({ earned }) => earned)),
    maxScore: sum(groups.map(({ points: worth }) => worth)),
    isComplete: !isUnlisted && tests.every(({ state }) => state !== 'failed'),
  }
}

/** Tests may share a name: all that happened at a place, in order. */
function byPlace(judged: readonly JudgedTest[]): Map<string, JudgedTest[]> {
  const places = new Map<string, JudgedTest[]>()
  for (const test of judged) {
    const place = fullName(test)
    const there = places.get(place)
    if (there) there.push(test)
    else places.set(place, [test])
  }
  return places
}

/** A test that says while it runs that it be skipped has not passed. */
function stateOf({ skipped }: ListedTest, seen: JudgedTest | undefined): TestResult['state'] {
  if (skipped) return 'skipped'
  return seen?.state === 'passed' ? 'passed' : 'failed'
}

function nameOf({ suites, name }: ListedTest, points: Map<string, number>, isBare: boolean): Pick<TestResult, 'group' | 'name'> {
  const [title, ...inner] = suites
  if (title !== undefined && points.has(title)) return { group: title, name: [...inner, name].join(' > ') }
  return { group: isBare ? UNGROUPED : '', name: [...suites, name].join(' > ') }
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0)
}
