import { currentRun } from '../current-run'
import type { Assertion } from './chai'
import { fail } from './quiet'
import { isObject } from './read-members'

/** No list that crosses is longer. */
const MOST = 1_000_000

/** Matchers that make a list of whatever they are given. */
const MAKE_LISTS = new Set(['toContain', 'toContainEqual'])

/** Refuses what only says that it is a list, and such a long one that making it would take all memory there is. */
export function refuseEndlessList(name: string, assertion: Assertion, subject: unknown): void {
  if (!MAKE_LISTS.has(name) || !isObject(subject) || Symbol.iterator in subject) return
  if (Number(subject.length) > MOST) fail(assertion, () => `${name}() needs a list, and got an object with a length`)
}

/** What the solution's own kind of collection goes through when it is walked. A copy of it has no iterator. */
export function elementsToCompare(name: string, subject: unknown): unknown {
  const { foreign } = currentRun()
  if (name !== 'toContainEqual' || !foreign.isHandle(subject) || foreign.elementsOf(subject) !== null) return subject
  return isObject(subject) && Symbol.iterator in subject ? Array.from(subject as unknown as Iterable<unknown>) : subject
}
