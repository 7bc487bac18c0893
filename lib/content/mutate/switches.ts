/*
 * The switches of an instrumented solution. They also count: a mutant that takes many times the steps of the reference
 * is stopped by an error. That ends nearly every endless loop at once, and on any machine at the same step.
 */

/** Under which names an instrumented solution takes `isActive` and `cover`. */
export const SWITCH_PARAMETERS = ['__isActive', '__cover'] as const

/** The mutant that is on. */
let active: string | null = null
let steps = 0
let limit = Infinity
/** Mutants that the running test has come past. */
let seen = new Set<string>()

/** Instrumented code asks this before every expression that has a mutant. */
export function isActive(id: string): boolean {
  if (++steps > limit) throw new Error('too many steps')
  return id === active
}

/** Instrumented code tells here which mutants it comes past. */
export function cover(...ids: string[]): void {
  for (const id of ids) seen.add(id)
}

/** In its place where nobody wants to know: the work of a test is counted in steps, and some count the time too. */
export function coverNothing(): void {}

/** Turns one mutant on, or none, and counts from 0. */
export function turnOn(id: string | null, maxSteps: number): void {
  active = id
  steps = 0
  limit = maxSteps
}

export function stepsTaken(): number {
  return steps
}

/** Whatever is covered goes into this set from now on. */
export function recordInto(set: Set<string>): void {
  seen = set
}
