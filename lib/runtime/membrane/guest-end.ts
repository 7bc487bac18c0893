import type { Channel } from './channel'
import { Endpoint } from './endpoint'
import { Intrinsics, LATE_CLASSES } from './intrinsics'
import { rememberProxies } from './remembered-proxies'

/** What the guest's process offers to its end of the membrane. */
export interface GuestHost {
  /** Runs a compiled CommonJS body and returns its exports. Throws what the body throws. */
  evaluate(code: string): unknown
  /** Runs all continuations that are due, now. */
  runMicrotasks(): void
  /** Runs the callback of a timer. */
  fire(id: number): void
  /** Takes over the tests' time, or goes back to the real one. */
  setClock(clock: [number, number] | null): void
  /** Fails the process: the judge must never have to guess. */
  fail(error: unknown): void
}

export interface GuestEnd {
  tell: (operation: string, values: unknown[]) => void
  /** Answers the judge until it gives the guest a turn of its event loop. */
  serveTurn(): void
}

/** The guest's end of the membrane. Must be made before learner code runs. */
export function createGuestEnd(channel: Channel, host: GuestHost): GuestEnd {
  const intrinsics = new Intrinsics(undefined, LATE_CLASSES)
  let exported: unknown
  rememberProxies(globalThis)

  const load = (code: unknown): unknown[] => {
    try {
      intrinsics.foresee(String(code))
      exported = host.evaluate(String(code))
    } catch (error) {
      return [false, safely(() => (error as Error).name), safely(() => messageOf(error)), safely(() => (error as Error).stack)]
    }
    return [true, exported, ...exportNames(exported)]
  }
  const endpoint = new Endpoint({
    role: 'guest',
    channel,
    intrinsics,
    drive: (source, args) => {
      intrinsics.foresee(source)
      return drive(source, exported, args)
    },
    onClock: (clock) => host.setClock(clock),
    onQuestion: (operation, values) => {
      if (operation === 'load') return { absent: false, list: load(values[0]) }
      if (operation === 'pump') host.runMicrotasks()
      else if (operation === 'fire') host.fire(Number(values[0]))
      else if (operation !== 'idle') return undefined
      return { absent: false, list: [undefined] }
    },
    kindOf: (value) => (value === exported && isPlainObject(value) ? 'N' : null),
  })
  return {
    tell: (operation, values) => endpoint.tell(operation, values),
    serveTurn() {
      try {
        endpoint.serveUntil('idle')
      } catch (error) {
        host.fail(error)
      }
    },
  }
}

/** Runs a driver beside the solution. Its text sees the globals and nothing else. */
export function drive(source: string, solution: unknown, args: unknown[]): unknown {
  const driver = (0, eval)(`(${source}\n)`) as (solution: unknown, ...args: unknown[]) => unknown
  return driver(solution, ...args)
}

export function isPlainObject(value: unknown): boolean {
  return typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype
}

function exportNames(value: unknown): string[] {
  return typeof value === 'object' && value !== null ? Object.keys(value) : []
}

function messageOf(error: unknown): unknown {
  return typeof error === 'object' && error !== null ? (error as Error).message : String(error)
}

/** What a learner's code throws may throw again when it is looked at. */
function safely(read: () => unknown): string {
  try {
    const value = read()
    return typeof value === 'string' ? value : ''
  } catch {
    return ''
  }
}
