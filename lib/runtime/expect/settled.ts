import { createAssertionMessage, recordAsyncExpect } from '@vitest/expect'
import { currentRun } from '../current-run'
import { chai, flagOf, prototype, setFlag, setSubject, subjectOf, type Assertion } from './chai'
import { noteSoftFailure, SOFT } from './guard'
import { fail } from './quiet'

/*
 * `resolves` and `rejects`, as Vitest has them, except that a promise which settles the other way is printed only when
 * somebody reads it, and from a snapshot.
 */

type Kind = 'resolves' | 'rejects'

/** Defines both on the prototype, in place of Vitest's. */
export function defineSettled(): void {
  for (const kind of ['resolves', 'rejects'] as const) {
    const getter = function (this: Assertion): unknown {
      return settled(this, kind)
    }
    chai.util.addProperty(prototype, kind, getter as never)
  }
}

function settled(assertion: Assertion, kind: Kind): unknown {
  const called = new Error(kind)
  setFlag(assertion, 'promise', kind)
  setFlag(assertion, 'error', called)
  const promise = promiseOf(assertion, kind)
  const proxy: unknown = new Proxy(assertion, {
    get(target, key, receiver) {
      const member: unknown = Reflect.get(target, key, receiver)
      if (typeof member !== 'function') return member instanceof chai.Assertion ? proxy : member
      return (...args: unknown[]) => {
        setFlag(assertion, '_name', key)
        const assert = (value: unknown): unknown => {
          setSubject(assertion, value)
          return Reflect.apply(member, assertion, args)
        }
        const judged = Promise.resolve(promise).then(
          (value) => (kind === 'resolves' ? assert(value) : failResolved(assertion, value)),
          (reason: unknown) => (kind === 'rejects' ? assert(reason) : failRejected(assertion, reason)),
        )
        return recorded(assertion, judged, called, args.length > 0)
      }
    },
  })
  return proxy
}

function promiseOf(assertion: Assertion, kind: Kind): unknown {
  if (flagOf(assertion, 'poll')) {
    throw new SyntaxError(`expect.poll() is not supported in combination with .${kind}`)
  }
  const subject = subjectOf(assertion)
  const promise = kind === 'rejects' && typeof subject === 'function' ? (subject as () => unknown)() : subject
  const then: unknown = (promise as { then?: unknown } | null | undefined)?.then
  if (typeof then === 'function') return promise
  throw new TypeError(`You must provide a Promise to expect() when using .${kind}, not '${typeof promise}'.`)
}

/** Hands the promise to the test, which waits for it even if its author forgot to. */
function recorded(assertion: Assertion, judged: Promise<unknown>, called: Error, hasArgs: boolean): Promise<unknown> {
  const test = flagOf<never>(assertion, 'vitest-test')
  const told = judged.catch((error: unknown) => {
    // The line of the test that made the assertion, rather than that of the promise's callback.
    if (error instanceof chai.AssertionError && called.stack) {
      error.stack = called.stack.replace(called.message, () => error.message)
    }
    if (!flagOf(assertion, SOFT) || test === undefined) throw error
    noteSoftFailure(test, error)
  })
  const words = currentRun().details ? createAssertionMessage(chai.util, assertion as never, hasArgs) : ''
  const awaitable = recordAsyncExpect(test, told, words, called)
  // A forgotten `await` is a warning for the author of the test, which would name its lines.
  if (!currentRun().details) void awaitable.then(ignore, ignore)
  return awaitable
}

function ignore(): void {
  // The test itself is given the outcome.
}

function failRejected(assertion: Assertion, reason: unknown): never {
  return fail(assertion, () => `promise rejected "${print(reason)}" instead of resolving`)
}

function failResolved(assertion: Assertion, value: unknown): never {
  const { foreign, details } = currentRun()
  const actual = details ? foreign.snapshot(value) : undefined
  const values = { showDiff: true, expected: new Error('rejected promise'), actual }
  return fail(assertion, () => `promise resolved "${print(value)}" instead of rejecting`, values)
}

function print(value: unknown): string {
  return chai.util.inspect(currentRun().foreign.snapshot(value))
}
