import { JEST_MATCHERS_OBJECT } from '@vitest/expect'
import { isMockFunction } from '@vitest/spy'
import { seal, SealedError } from '../errors/seal'
import { currentRun } from '../current-run'
import { chai, flagOf, prototype, setFlag, setSubject, subjectOf, type Assertion, type Matcher } from './chai'
import { elementsToCompare, refuseEndlessList } from './elements'
import { OWN_MATCHERS, QUIET_MATCHERS } from './own-matchers'
import { asksForElements, asksTextForOther, isMatcher, policyOf } from './policy'
import { fail } from './quiet'
import { readMembers } from './read-members'
import { snapshotSpy, type Spy } from './spy-matchers'

/*
 * Stands before every matcher and decides what it gets to see of the solution's values (policy.ts), and whether the
 * original or one of ours runs. A matcher called by another is let through: the outer one has been dealt with.
 */

const INSIDE = 'handroll.inside'
/** Set by `expect.soft`. Not Vitest's own flag, whose handling of errors reads whatever was thrown. */
export const SOFT = 'handroll.soft'

interface Task {
  result?: { state: string; errors?: unknown[] }
}

/** Puts the guard before every matcher of chai's and Vitest's on the prototype. */
export function guardPrototype(): void {
  for (const name of Object.getOwnPropertyNames(prototype)) guardMatcher(name)
}

/** Puts the guard before one matcher, where it stands on the prototype. */
export function guardMatcher(name: string): void {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, name)
  if (descriptor === undefined || !isMatcher(name)) return
  const { value, get } = descriptor as { value?: Matcher; get?: () => unknown }
  if (typeof value === 'function') {
    Object.defineProperty(prototype, name, {
      ...descriptor,
      value: function (this: Assertion, ...args: unknown[]) {
        return guarded(name, this, args, value)
      },
    })
  } else if (get !== undefined) {
    Object.defineProperty(prototype, name, {
      ...descriptor,
      get(this: Assertion): unknown {
        if (name in (prototype.__methods as object)) return guardCall(name, get.call(this) as object)
        return guarded(name, this, [], get)
      },
    })
  }
}

/** A chainable method: `.contain` goes on as a chain, `.contain(x)` is a matcher. */
function guardCall(name: string, method: object): unknown {
  return new Proxy(method, {
    apply: (target, self: Assertion, args: unknown[]) => guarded(name, self, args, target as Matcher),
  })
}

function guarded(name: string, assertion: Assertion, args: unknown[], original: Matcher): unknown {
  if (flagOf(assertion, INSIDE)) return Reflect.apply(original, assertion, args)
  if (!flagOf(assertion, SOFT) || !isVitests(name)) return run(name, assertion, args, original)
  const test = flagOf<Task | undefined>(assertion, 'vitest-test')
  if (test === undefined) throw new Error('expect.soft() can only be used inside a test')
  try {
    return run(name, assertion, args, original)
  } catch (error) {
    noteSoftFailure(test, error)
    return undefined
  }
}

/** `expect.soft` holds for Vitest's matchers and those of test files, not for chai's. */
function isVitests(name: string): boolean {
  const { matchers } = (globalThis as Record<symbol, unknown>)[JEST_MATCHERS_OBJECT] as { matchers: object }
  return name in matchers
}

/** Fails a test and lets it go on. */
export function noteSoftFailure(test: Task, error: unknown): void {
  const sealed = seal(error)
  test.result ??= { state: 'fail' }
  test.result.state = 'fail'
  test.result.errors ??= []
  test.result.errors.push(sealed instanceof SealedError ? { reports: sealed.reports } : sealed)
}

function run(name: string, assertion: Assertion, args: unknown[], original: Matcher): unknown {
  const subject = subjectOf(assertion)
  const seen = settle(name, assertion, subject, args)
  if (seen.subject !== subject) setSubject(assertion, seen.subject)
  setFlag(assertion, INSIDE, true)
  let result: unknown
  try {
    result = Reflect.apply(seen.matcher ?? original, assertion, seen.args)
    return result
  } finally {
    for (const each of [assertion, result]) {
      if (typeof each !== 'object' || !(each instanceof chai.Assertion)) continue
      setFlag(each, INSIDE, false)
      if (seen.subject !== subject && subjectOf(each) === seen.subject) setSubject(each, subject)
    }
  }
}

interface Seen {
  subject: unknown
  args: unknown[]
  /** In place of the original. */
  matcher?: Matcher
}

/** What a matcher gets to see. */
function settle(name: string, assertion: Assertion, subject: unknown, args: unknown[]): Seen {
  const { foreign, details } = currentRun()
  const copies = (): unknown[] => args.map((each) => foreign.snapshot(each))
  const quiet = details ? undefined : QUIET_MATCHERS[name]
  // Its characters, as no number is a piece of a text.
  if (asksTextForOther(name, subject, args[0])) return settle(name, assertion, [...subject], args)
  refuseEndlessList(name, assertion, subject)
  switch (policyOf(name, Boolean(flagOf(assertion, 'deep')))) {
    case 'snapshot': {
      const seen = { subject: foreign.snapshot(elementsToCompare(name, subject)), args: copies(), matcher: quiet }
      if (seen.subject !== subject) readMembers(subject, seen.subject, seen.args[0], name === 'toMatchObject')
      return seen
    }
    case 'live': {
      const held = asksForElements(name) ? foreign.elementsOf(subject) : null
      const isForeign = [subject, ...args].some((each) => foreign.isHandle(each))
      return { subject: held ?? subject, args, matcher: quiet ?? (isForeign ? OWN_MATCHERS[name] : undefined) }
    }
    case 'spy':
      for (const each of comparesSpies(name) ? [subject, args[0]] : [subject]) {
        if (!foreign.isHandle(each) && isMockFunction(each)) continue
        fail(assertion, () => `${chai.util.inspect(foreign.snapshot(each))} is not a spy or a call to a spy!`)
      }
      if (!name.endsWith('With')) return { subject, args, matcher: quiet }
      return { subject: snapshotSpy(subject as unknown as Spy), args: copies(), matcher: quiet }
    case null:
      if ([subject, ...args].some((each) => foreign.isHandle(each) || foreign.snapshot(each) !== each)) {
        const instead = 'compare with toBe, toEqual or toMatchObject'
        throw new Error(`${name} cannot be used on a value of the solution; ${instead}`)
      }
      return { subject, args, matcher: OWN_MATCHERS[name] ?? quiet }
  }
}

function comparesSpies(name: string): boolean {
  return name.endsWith('Before') || name.endsWith('After')
}
