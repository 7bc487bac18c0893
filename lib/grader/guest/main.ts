// First: what comes after it must not bring globals to life that are taken away.
import './settle'
import { createGuestEnd } from '@/lib/runtime/membrane/guest-end'
import { createFrameChannel, OutputLimitExceeded } from '../frames'
import { installClock } from './clock'
import { type DenoNamespace, microtaskRunner, turnTaker } from './deno'
import { GuestExit } from './exit-codes'
import { lockIntrinsics } from './lock'

/*
 * The process in which a learner's solution runs: one solution, once. It waits for the judge's questions and answers
 * them. No test, no expected value and no secret ever comes here, and nothing that leaves is believed.
 */

const deno = (globalThis as unknown as { Deno: DenoNamespace }).Deno
const { stdin, stdout } = deno
const inNextTurn = turnTaker(deno)
const runMicrotasks = microtaskRunner(deno)
const exit = deno.exit.bind(deno)

const channel = createFrameChannel({
  read: (into) => stdin.readSync(into) ?? 0,
  write: (bytes) => stdout.writeSync(bytes),
})
const clock = installClock({ tell: (operation, values) => end.tell(operation, values) })

const end = createGuestEnd(channel, {
  evaluate: (code) => {
    const module = { exports: {} as unknown }
    const refuse = (specifier: string): never => {
      throw new Error(`'${specifier}' cannot be imported: a solution is one file that stands alone`)
    }
    // The code begins on a line of its own, so that a line of the source map is the line of a stack minus one.
    const run = (0, eval)(`(function (module, exports, require) {"use strict";\n${code}\n})\n//# sourceURL=solution.js`) as (
      module: { exports: unknown },
      exports: unknown,
      require: (specifier: string) => never,
    ) => void
    run.call(undefined, module, module.exports, refuse)
    return module.exports
  },
  runMicrotasks,
  fire: (id) => clock.fire(id),
  setClock: (time) => clock.set(time),
  fail: (error) => exit(error instanceof OutputLimitExceeded ? GuestExit.outputLimit : GuestExit.broken),
})

// Errors that reach nobody, as from a listener, fail the run; a rejection may be handled later or by the tests.
globalThis.addEventListener('error', (event) => {
  event.preventDefault()
  end.tell('uncaught', describe(event.error))
})
globalThis.addEventListener('unhandledrejection', (event) => event.preventDefault())

// Deno finds the engine's own function at the first call, and deletes this name on the way: once locked it could not.
queueMicrotask(() => {})
lockIntrinsics()

/** Serving starts from a timer, not from a promise: only outside the microtask queue can it be run on demand. */
function serve(): void {
  end.serveTurn()
  inNextTurn(serve)
}
inNextTurn(serve)

function describe(error: unknown): [string, string] {
  try {
    const { name, message } = error as Error
    return [String(name), String(message)]
  } catch {
    return ['Error', '']
  }
}
