import type { Foreign } from '../foreign'
import { type Channel, ChannelClosed, ProtocolBreach } from './channel'
import { copyForDriver } from './driver-args'
import { Endpoint } from './endpoint'
import { fixBuiltIns } from './fixed-built-ins'
import { Intrinsics } from './intrinsics'

/** The judge's own objects, listed before anything else can run. */
const intrinsics = new Intrinsics().rememberAll()
// Taken now: tests may replace them by a clock of theirs.
const { setTimeout: realSetTimeout, clearTimeout: realClearTimeout, queueMicrotask: realQueueMicrotask } = globalThis

/** Keeps those of them that cross as they are, for as long as the realm lives. To be called when all libraries are loaded. */
export function fixJudge(): void {
  fixBuiltIns(intrinsics)
}

export interface LinkOptions {
  /** Whether tests hold the clock; the solution then sees their time. */
  isClockFaked?: () => boolean
  /** Whether a test made this object a proxy, so that a look at it runs code. */
  isProxy?: (value: object) => boolean
  /** Called once, when the guest is gone or has broken the protocol: nothing it was asked will be answered. */
  onFailure?: (failure: ProtocolBreach | ChannelClosed) => void
}

export interface LoadError {
  name: string
  message: string
  stack: string | null
}

/** The judge's end of the membrane: a solution that lives in another process. */
export interface GuestLink extends Foreign {
  /** Evaluates the compiled CommonJS body in the guest. */
  load(code: string): { ok: true; exports: string[] } | { ok: false; error: LoadError }
  /** Stand-in of module.exports. Throws before a successful load. */
  readonly namespace: unknown
  /** Runs a driver's text in the guest, beside the solution. */
  drive(source: string, args: unknown[]): unknown
  /** Errors that the solution raised outside any call (a timer's callback, a listener), since the last call. */
  takeUncaught(): { name: string; message: string }[]
  /** First breach, or null. Once set every further use throws it. */
  readonly breach: ProtocolBreach | null
  /** Whether the guest is gone. Once so every further use throws ChannelClosed. */
  readonly closed: boolean
  /** Ends the use of the link: what comes later throws. */
  close(): void
}

/** Milliseconds between looks at a guest that waits for something real, such as crypto: doubled from first to last. */
const FIRST_IDLE_MS = 2
const LAST_IDLE_MS = 20

export function linkGuest(channel: Channel, options: LinkOptions = {}): GuestLink {
  const isClockFaked = options.isClockFaked ?? (() => false)
  const timers = new Map<number, { cancel: () => void }>()
  const uncaught: { name: string; message: string }[] = []
  const over = new ChannelClosed('the run is over')
  let exportsOfGuest: { value: unknown } | null = null
  let open = true

  const endpoint = new Endpoint({
    role: 'judge',
    channel,
    intrinsics,
    clock: () => (isClockFaked() ? [Date.now(), performance.now()] : null),
    isProxy: options.isProxy,
    onTold: hear,
    onFailure: options.onFailure,
    onSent: () => pump.ask(),
  })
  const pump = createPump(endpoint, () => open)

  function hear(operation: string, values: unknown[]): boolean {
    const [id, delay, repeats] = values
    if (operation === 'timer') startTimer(Number(id), Number(delay), repeats === true)
    else if (operation === 'clear') stopTimer(Number(id))
    else if (operation === 'uncaught') uncaught.push(textOf(values))
    else return false
    return true
  }

  /** The solution's timers run on the tests' clock, whichever that is at the moment. */
  function startTimer(id: number, delay: number, repeats: boolean): void {
    if (timers.size >= MAX_TIMERS || timers.has(id)) throw new ProtocolBreach('timers out of bounds')
    const { setTimeout, clearTimeout, setInterval, clearInterval } = globalThis
    const fire = (): void => {
      if (!repeats) timers.delete(id)
      if (open && !endpoint.failure) fireTimer(id)
    }
    if (repeats) {
      const handle = setInterval(fire, delay)
      timers.set(id, { cancel: () => clearInterval(handle) })
    } else {
      const handle = setTimeout(fire, delay)
      timers.set(id, { cancel: () => clearTimeout(handle) })
    }
  }

  function fireTimer(id: number): void {
    try {
      endpoint.ask('fire', [id])
    } catch (error) {
      if (endpoint.failure) return
      // A fake clock throws out of the call that moved it, as it would with everything in one process.
      if (isClockFaked()) throw error
      uncaught.push(textOf([(error as Partial<Error> | null)?.name, (error as Partial<Error> | null)?.message]))
    }
  }

  function stopTimer(id: number): void {
    timers.get(id)?.cancel()
    timers.delete(id)
  }

  return {
    isHandle: (value) => endpoint.snapshots.isHandle(value),
    snapshot: (value) => endpoint.snapshots.take(value),
    elementsOf: (value) => endpoint.snapshots.elementsOf(value),
    walked: (a, b) => endpoint.snapshots.walked(a, b),
    load(code) {
      const answer = endpoint.ask('load', [code])
      const [ok, first, ...rest] = answer.absent ? [] : answer.list
      if (ok === true) {
        exportsOfGuest = { value: first }
        return { ok, exports: rest.filter((name) => typeof name === 'string') }
      }
      const { name, message } = textOf([first, rest[0]])
      return { ok: false, error: { name, message, stack: typeof rest[1] === 'string' ? rest[1].slice(0, 8_000) : null } }
    },
    get namespace() {
      if (!exportsOfGuest) throw new Error('the solution has not been loaded')
      return exportsOfGuest.value
    },
    drive(source, args) {
      const answer = endpoint.ask('drive', [source, ...copyForDriver(endpoint.heap, args)])
      return answer.absent ? undefined : answer.list[0]
    },
    takeUncaught: () => uncaught.splice(0),
    get breach() {
      return endpoint.failure instanceof ProtocolBreach ? endpoint.failure : null
    },
    get closed() {
      return endpoint.failure instanceof ChannelClosed && endpoint.failure !== over
    },
    close() {
      open = false
      // A test that still goes on would write to descriptors which are another guest's by then.
      endpoint.failure ??= over
      for (const id of [...timers.keys()]) stopTimer(id)
      pump.stop()
    },
  }
}

const MAX_TIMERS = 100_000

/**
 * Lets the guest run the continuations of its promises. It may not while a test's call is on the stack, and must once
 * the test waits: so after any frame one microtask of the judge asks for it. While a promise of the guest stays open
 * it is also given turns of its event loop, for what is truly asynchronous there.
 */
function createPump(endpoint: Endpoint, isOpen: () => boolean): { ask: () => void; stop: () => void } {
  let asked = false
  let idle: ReturnType<typeof setTimeout> | null = null
  let delay = FIRST_IDLE_MS
  const question = (operation: string): void => {
    if (!isOpen() || endpoint.failure) return
    try {
      endpoint.ask(operation, [])
    } catch (error) {
      if (!endpoint.failure) throw error
    }
  }
  const scheduleIdle = (): void => {
    if (idle !== null || endpoint.twins.pending === 0 || !isOpen() || endpoint.failure) return
    idle = realSetTimeout(() => {
      idle = null
      delay = Math.min(delay * 2, LAST_IDLE_MS)
      asked = true
      question('idle')
      question('pump')
      asked = false
      scheduleIdle()
    }, delay)
  }
  return {
    ask: () => {
      if (asked) return
      asked = true
      delay = FIRST_IDLE_MS
      realQueueMicrotask(() => {
        question('pump')
        asked = false
        scheduleIdle()
      })
    },
    stop: () => {
      if (idle !== null) realClearTimeout(idle)
    },
  }
}

function textOf([name, message]: unknown[]): { name: string; message: string } {
  return {
    name: typeof name === 'string' ? name.slice(0, 200) : 'Error',
    message: typeof message === 'string' ? message.slice(0, 2_000) : '',
  }
}
