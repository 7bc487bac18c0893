import type { TestError } from '@/lib/contract/run'
import { currentRun } from '../current-run'
import { describeError } from './describe-error'

/*
 * The runner reads many properties of whatever a test throws, and so does its reporter. What was thrown may belong to
 * the solution, and reading it would run the solution's code at the worst of moments. So every function of a test file
 * is called through here: what it throws is described once, with care, and travels on as an error of our own.
 */

/** Carries the description of what a test threw through the runner. */
export class SealedError extends Error {
  readonly reports: TestError[]

  constructor(reports: TestError[]) {
    super(reports[0]?.message ?? '')
    this.reports = reports
  }
}

/** What `context.skip()` and the end of a run throw: signals to the runner, which must get them as they are. */
const signals = new WeakSet<object>()

/** Marks something that the runner itself threw. */
export function markSignal(thrown: unknown): void {
  if (typeof thrown === 'object' && thrown !== null) signals.add(thrown)
}

/** What may be passed to the runner in place of what was thrown. Never throws, and never runs the solution's code. */
export function seal(thrown: unknown): unknown {
  if (typeof thrown === 'object' && thrown !== null) {
    if (currentRun().foreign.isHandle(thrown)) return new SealedError(describeError(thrown))
    if (signals.has(thrown) || thrown instanceof SealedError) return thrown
    // Several at once: assertions that nobody awaited, or an AggregateError.
    if (Array.isArray(thrown)) return new SealedError(thrown.flatMap(reportsOf))
    if (thrown instanceof AggregateError && Array.isArray(thrown.errors)) {
      return new SealedError(thrown.errors.flatMap(reportsOf))
    }
  }
  return new SealedError(describeError(thrown))
}

function reportsOf(thrown: unknown): TestError[] {
  return thrown instanceof SealedError ? thrown.reports : describeError(thrown)
}

/** The same function, whose errors are sealed, also when it answers with a promise or with a clean-up function. */
export function sealed<F extends (...args: never[]) => unknown>(call: F): F {
  const wrapper = function (this: unknown, ...args: Parameters<F>): unknown {
    try {
      const result: unknown = call.apply(this, args)
      return isThenable(result) ? Promise.resolve(result).then(sealedResult, reject) : sealedResult(result)
    } catch (error) {
      throw seal(error)
    }
  }
  // The runner reads which fixtures a function wants from its text.
  Object.defineProperty(wrapper, 'toString', { value: () => Function.prototype.toString.call(call) })
  return wrapper as unknown as F
}

function isThenable(value: unknown): boolean {
  return typeof value === 'object' && value !== null && 'then' in value && typeof value.then === 'function'
}

function sealedResult(result: unknown): unknown {
  if (typeof result !== 'function' || currentRun().foreign.isHandle(result)) return result
  return sealed(result as (...args: never[]) => unknown)
}

function reject(error: unknown): never {
  throw seal(error)
}
