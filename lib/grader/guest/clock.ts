/*
 * Time in the guest is the tests' time. Timers are kept here but run on the judge's clock; while the tests hold that
 * clock, `Date` and `performance` show it too.
 */

export interface ClockLink {
  /** Tells the judge of a timer that was started or stopped. */
  tell: (operation: 'timer' | 'clear', values: unknown[]) => void
  /** Called for an exception in a timer's callback, which nobody is there to catch. */
  fail?: (error: unknown) => void
}

export interface GuestClock {
  set(time: [number, number] | null): void
  fire(id: number): void
}

type Callback = (...args: unknown[]) => unknown

/** Replaces the realm's timers, `Date`, `performance.now` and `AbortSignal.timeout`. */
export function installClock(link: ClockLink): GuestClock {
  const callbacks = new Map<number, { run: () => void; repeats: boolean }>()
  let nextId = 1
  let time: [number, number] | null = null

  const start = (repeats: boolean) => (callback: unknown, delay: unknown, ...args: unknown[]): number => {
    if (typeof callback !== 'function') throw new TypeError('The callback of a timer must be a function.')
    const id = nextId++
    callbacks.set(id, { run: () => void (callback as Callback)(...args), repeats })
    const ms = Number(delay ?? 0)
    link.tell('timer', [id, ms >= 1 && ms <= 2_147_483_647 ? Math.trunc(ms) : ms > 2_147_483_647 ? 1 : 0, repeats])
    return id
  }
  const stop = (id: unknown): void => {
    if (callbacks.delete(Number(id))) link.tell('clear', [Number(id)])
  }
  Object.assign(globalThis, {
    setTimeout: start(false),
    setInterval: start(true),
    clearTimeout: stop,
    clearInterval: stop,
  })

  replaceDate(() => time?.[0] ?? null)
  const realNow = performance.now.bind(performance)
  Object.defineProperty(performance, 'now', {
    value: () => time?.[1] ?? realNow(),
    configurable: true,
    writable: true,
  })
  AbortSignal.timeout = (ms: number): AbortSignal => {
    const controller = new AbortController()
    globalThis.setTimeout(() => controller.abort(new DOMException('Signal timed out.', 'TimeoutError')), ms)
    return controller.signal
  }

  return {
    set: (now) => {
      time = now
    },
    fire: (id) => {
      const timer = callbacks.get(id)
      if (!timer) return
      if (!timer.repeats) callbacks.delete(id)
      timer.run()
    },
  }
}

/** A `Date` that asks for the time, and is the real one in everything else. */
function replaceDate(now: () => number | null): void {
  const RealDate = Date
  const realNow = Date.now
  function TestsDate(this: unknown, ...args: unknown[]): unknown {
    const time = now()
    if (!new.target) return time === null ? RealDate() : new RealDate(time).toString()
    const given = args.length === 0 && time !== null ? [time] : args
    return Reflect.construct(RealDate, given, new.target)
  }
  Object.defineProperties(TestsDate, {
    name: { value: 'Date', configurable: true },
    length: { value: 7, configurable: true },
    prototype: { value: RealDate.prototype, writable: false },
    now: { value: () => now() ?? realNow(), writable: true, configurable: true },
    parse: { value: RealDate.parse, writable: true, configurable: true },
    UTC: { value: RealDate.UTC, writable: true, configurable: true },
  })
  Object.defineProperty(RealDate.prototype, 'constructor', { value: TestsDate, writable: true, configurable: true })
  globalThis.Date = TestsDate as unknown as DateConstructor
}
