import { afterEach, describe, expect, it, vi } from 'vitest'
import { inGuest, random } from 'handroll'
import { type BucketOpts, RateExceededError, TokenBucket } from './solution'

type Size = Pick<BucketOpts, 'ratePerSec' | 'burst'>

/** The milliseconds that pass before a call, the call, and its argument. `cancel` takes the number of a reservation. */
type Step = [elapsedMs: number, call: 'allow' | 'reserve' | 'cancel' | 'setRate' | 'tokens', argument?: number]

type Answer = boolean | number | string | undefined

/**
 * Takes a new bucket through these steps, on a clock that moves only between them, and tells what each call answered:
 * whether it was allowed, the delay of a reservation, the tokens in the bucket, or 'RangeError'.
 */
function play(size: Size, steps: readonly Step[]): Answer[] {
  const driver = (solution: typeof import('./solution'), size: Size, startMs: number, steps: readonly Step[]) => {
    let ms = startMs
    const bucket = new solution.TokenBucket({ ...size, now: () => ms })
    const reservations: Array<ReturnType<TokenBucket['reserve']>> = []
    const make = (call: Step[1], argument?: number): Answer => {
      if (call === 'allow') return argument === undefined ? bucket.allow() : bucket.allow(argument)
      if (call === 'setRate') return void bucket.setRate(argument ?? 0)
      if (call === 'cancel') return void reservations[argument ?? 0]?.cancel()
      // A bucket may answer -0.
      if (call === 'tokens') return bucket.tokens() + 0
      const booked = argument === undefined ? bucket.reserve() : bucket.reserve(argument)
      reservations.push(booked)
      return booked.ok === (booked.delayMs < Infinity) ? booked.delayMs : 'ok and delayMs do not agree'
    }
    return steps.map(([elapsedMs, call, argument]): Answer => {
      ms += elapsedMs
      try {
        return make(call, argument)
      } catch (error) {
        return error instanceof RangeError ? 'RangeError' : String(error)
      }
    })
  }
  // Starts at some odd time, as real clocks do.
  return inGuest(driver, size, random.int(1, 1e9), steps)
}

/** A bucket whose clock stands still. */
function bucketAt(size: Size, sleep: BucketOpts['sleep']): TokenBucket {
  return inGuest(
    (solution: typeof import('./solution'), size: Size, ms: number, sleep: BucketOpts['sleep']) => {
      return new solution.TokenBucket({ ...size, now: () => ms, sleep })
    },
    size,
    random.int(1, 1e9),
    sleep,
  )
}

const NEVER = Number.POSITIVE_INFINITY
const about = (ms: number): number => expect.closeTo(ms, 6) as number

/** Tokens in the bucket, with -0 read as 0. */
const held = (bucket: TokenBucket): number => bucket.tokens() + 0

/** A sleep that the test ends by hand, and that honours its signal. */
function sleeper() {
  const naps: Array<{ ms: number; wake: () => void }> = []
  const sleep = (ms: number, signal?: AbortSignal): Promise<void> => {
    return new Promise((resolve, reject) => {
      naps.push({ ms, wake: resolve })
      signal?.addEventListener('abort', () => reject(signal.reason))
    })
  }
  return { naps, sleep }
}

describe('Refilling', () => {
  it('starts full', () => {
    const burst = random.int(2, 50)
    expect(play({ ratePerSec: 1, burst }, [[0, 'tokens']])).toEqual([burst])
  })

  it('earns tokens all the time, not once a second', () => {
    const answers = play({ ratePerSec: 250, burst: 100 }, [[0, 'allow', 100], [4, 'tokens'], [10, 'tokens']])
    expect(answers).toEqual([true, 1, 3.5])
  })

  it('keeps fractions over many small steps', () => {
    const refused = Array.from({ length: 40 }, (): Step => [1, 'allow', 20])
    const answers = play({ ratePerSec: 125, burst: 20 }, [[0, 'allow', 20], ...refused, [0, 'tokens']])
    expect(answers).toEqual([true, ...refused.map(() => false), 5])
  })

  it('never holds more than its burst, however long it rested', () => {
    const steps: Step[] = [[random.int(1e4, 1e9), 'tokens'], [0, 'allow', 5], [0, 'allow']]
    expect(play({ ratePerSec: 500, burst: 5 }, steps)).toEqual([5, true, false])
  })

  it('agrees with whole-number arithmetic on any history', () => {
    const eighthsPerMs = random.pick([1, 2, 4])
    const burst = random.int(3, 12)
    const steps: Step[] = []
    const expected: Array<boolean | number> = []
    let eighths = burst * 8
    for (let step = 0; step < 80; step++) {
      const elapsed = step % 25 === 0 ? 1000 : random.int(0, 3)
      const n = random.int(1, 4)
      eighths = Math.min(burst * 8, eighths + elapsed * eighthsPerMs)
      const allowed = n * 8 <= eighths
      if (allowed) eighths -= n * 8
      steps.push([elapsed, 'allow', n], [0, 'tokens'])
      expected.push(allowed, eighths / 8)
    }
    expect(play({ ratePerSec: eighthsPerMs * 125, burst }, steps)).toEqual(expected)
  })

  it('neither adds nor removes tokens when the clock steps back', () => {
    const steps: Step[] = [[0, 'allow', 8], [-random.int(1000, 100_000), 'tokens']]
    expect(play({ ratePerSec: 500, burst: 10 }, steps)).toEqual([true, 2])
  })

  it('goes on filling from the new reading after the clock stepped back', () => {
    const steps: Step[] = [[0, 'allow', 8], [-100_000, 'tokens'], [6, 'tokens']]
    expect(play({ ratePerSec: 500, burst: 10 }, steps)).toEqual([true, 2, 5])
  })

  it('has only its first burst when the rate is 0', () => {
    const steps: Step[] = [[0, 'allow'], [0, 'allow'], [1e9, 'allow'], [0, 'tokens']]
    expect(play({ ratePerSec: 0, burst: 2 }, steps)).toEqual([true, true, false, 0])
  })

  it('refuses a rate or a burst that makes no sense', () => {
    const senseless: Size[] = [
      ...[-1, Number.NaN, NEVER].map((ratePerSec) => ({ ratePerSec, burst: 1 })),
      ...[0, -1, Number.NaN, NEVER].map((burst) => ({ ratePerSec: 1, burst })),
    ]
    const driver = (solution: typeof import('./solution'), sizes: readonly Size[]) => {
      return sizes.map((size) => {
        try {
          return new solution.TokenBucket({ ...size, now: () => 0 }).tokens()
        } catch (error) {
          return error instanceof RangeError
        }
      })
    }
    expect(inGuest(driver, senseless)).toEqual(senseless.map(() => true))
  })
})

describe('Allowing', () => {
  it('takes nothing when it refuses', () => {
    const steps: Step[] = [[0, 'allow', 2], [0, 'allow', 2], [0, 'tokens'], [0, 'allow', 1]]
    expect(play({ ratePerSec: 1, burst: 3 }, steps)).toEqual([true, false, 1, true])
  })

  it('refuses more than the bucket can ever hold', () => {
    expect(play({ ratePerSec: 1000, burst: 3 }, [[1e6, 'allow', 4], [0, 'tokens']])).toEqual([false, 3])
  })

  it('refuses while tokens are owed to reservations', () => {
    const booked: Step[] = [[0, 'reserve', 2], [0, 'reserve', 2]]
    const answers = play({ ratePerSec: 500, burst: 2 }, [...booked, [5, 'allow', 1], [0, 'tokens'], [1, 'allow', 1]])
    expect(answers.slice(2)).toEqual([false, 0.5, true])
  })

  it('always allows nothing at all, and refuses a count below 0', () => {
    const senseless = [-1, -0.5, Number.NaN].map((n): Step => [0, 'allow', n])
    const steps: Step[] = [[0, 'reserve'], [0, 'reserve'], [0, 'allow', 0], [0, 'tokens'], ...senseless, [0, 'tokens']]
    const answers = play({ ratePerSec: 1, burst: 1 }, steps)
    expect(answers.slice(2)).toEqual([true, -1, 'RangeError', 'RangeError', 'RangeError', -1])
  })
})

describe('Reserving', () => {
  it('books tokens of the future, each reservation behind the ones before', () => {
    const steps: Step[] = [[0, 'reserve', 3], [0, 'reserve', 2], [0, 'reserve', 4], [0, 'tokens']]
    expect(play({ ratePerSec: 500, burst: 4 }, steps)).toEqual([0, about(2), about(10), -5])
  })

  it('counts a delay from the time of the reservation', () => {
    const steps: Step[] = [[0, 'reserve'], [3, 'reserve'], [2, 'reserve']]
    expect(play({ ratePerSec: 250, burst: 1 }, steps)).toEqual([0, about(1), about(3)])
  })

  it('books nothing when the tokens can never be had', () => {
    const tooMany: Step[] = [[0, 'reserve', 4], [0, 'cancel', 0], [0, 'tokens']]
    expect(play({ ratePerSec: 10, burst: 3 }, tooMany)).toEqual([NEVER, undefined, 3])
    const dry: Step[] = [[0, 'reserve'], [0, 'reserve'], [0, 'cancel', 1], [0, 'tokens']]
    expect(play({ ratePerSec: 0, burst: 1 }, dry)).toEqual([0, NEVER, undefined, 0])
  })

  it('gives cancelled tokens back, once', () => {
    const cancelled: Step[] = [[0, 'cancel', 0], [0, 'tokens'], [0, 'cancel', 0], [0, 'tokens']]
    const answers = play({ ratePerSec: 500, burst: 4 }, [[0, 'allow', 4], [0, 'reserve', 3], ...cancelled])
    expect(answers).toEqual([true, about(6), undefined, 0, undefined, 0])
  })

  it('cancels only its own tokens', () => {
    const cancelled: Step[] = [[0, 'cancel', 0], [0, 'tokens'], [0, 'cancel', 1], [0, 'tokens']]
    const answers = play({ ratePerSec: 500, burst: 4 }, [[0, 'reserve', 4], [0, 'reserve', 2], ...cancelled])
    expect(answers).toEqual([0, about(4), undefined, 2, undefined, 4])
  })

  it('never holds more than its burst after tokens came back', () => {
    const steps: Step[] = [[0, 'reserve', 3], [1000, 'cancel', 0], [0, 'tokens']]
    expect(play({ ratePerSec: 500, burst: 4 }, steps)).toEqual([0, undefined, 4])
  })

  it('reserves nothing at once, and refuses a count below 0', () => {
    const booked: Step[] = [[0, 'reserve'], [0, 'reserve']]
    const answers = play({ ratePerSec: 1, burst: 1 }, [...booked, [0, 'reserve', 0], [0, 'reserve', -1], [0, 'tokens']])
    expect(answers.slice(2)).toEqual([0, 'RangeError', -1])
  })
})

describe('Waiting', () => {
  afterEach(() => {
    vi.useRealTimers()
  })

  it('does not sleep when the tokens are there', async () => {
    const { naps, sleep } = sleeper()
    const bucket = bucketAt({ ratePerSec: 1, burst: 3 }, sleep)
    await bucket.wait(3)
    expect(naps).toEqual([])
    expect(held(bucket)).toBe(0)
  })

  it('serves callers in order, each delay behind the ones before', async () => {
    const { naps, sleep } = sleeper()
    const bucket = bucketAt({ ratePerSec: 500, burst: 2 }, sleep)
    const counts = [2, 1, 2, 1]
    const callers = counts.map((n) => bucket.wait(n))
    const delays = naps.map(({ ms }) => ms)
    for (const { wake } of naps) wake()
    await Promise.all(callers)
    expect(delays).toHaveLength(3)
    for (const [i, delay] of [2, 6, 8].entries()) expect(delays[i]).toBeCloseTo(delay, 6)
    expect(naps).toHaveLength(3)
  })

  it('rejects at once and takes nothing when the delay is longer than the caller would wait', async () => {
    const { naps, sleep } = sleeper()
    const bucket = bucketAt({ ratePerSec: 500, burst: 2 }, sleep)
    bucket.allow(2)
    await expect(bucket.wait(2, { maxWaitMs: 3 })).rejects.toBeInstanceOf(RateExceededError)
    expect([naps.length, held(bucket)]).toEqual([0, 0])
  })

  it('waits when the delay is just as long as the caller would wait', async () => {
    const { naps, sleep } = sleeper()
    const bucket = bucketAt({ ratePerSec: 500, burst: 2 }, sleep)
    bucket.allow(2)
    const caller = bucket.wait(2, { maxWaitMs: 4 })
    expect(naps.map(({ ms }) => ms)).toEqual([4])
    naps[0]?.wake()
    await caller
    expect(held(bucket)).toBe(-2)
  })

  it('rejects at once when the tokens can never be had', async () => {
    const { naps, sleep } = sleeper()
    const bucket = bucketAt({ ratePerSec: 500, burst: 2 }, sleep)
    await expect(bucket.wait(3)).rejects.toBeInstanceOf(RateExceededError)
    const dry = bucketAt({ ratePerSec: 0, burst: 1 }, sleep)
    dry.allow()
    await expect(dry.wait()).rejects.toBeInstanceOf(RateExceededError)
    expect([naps.length, held(bucket), held(dry)]).toEqual([0, 2, 0])
  })

  it('takes nothing when the signal is already aborted', async () => {
    const { naps, sleep } = sleeper()
    const bucket = bucketAt({ ratePerSec: 500, burst: 2 }, sleep)
    const reason = new Error('client left')
    await expect(bucket.wait(1, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason)
    expect([naps.length, held(bucket)]).toEqual([0, 2])
  })

  it('gives its tokens back when it is aborted while it sleeps', async () => {
    const { naps, sleep } = sleeper()
    const bucket = bucketAt({ ratePerSec: 500, burst: 2 }, sleep)
    bucket.allow(2)
    const abort = new AbortController()
    const caller = bucket.wait(2, { signal: abort.signal })
    expect([naps.length, held(bucket)]).toEqual([1, -2])
    const reason = new Error('client left')
    abort.abort(reason)
    await expect(caller).rejects.toBe(reason)
    expect(held(bucket)).toBe(0)
  })

  it('sleeps on a timer when no sleep is given, and clears it when aborted', async () => {
    vi.useFakeTimers()
    const bucket = new TokenBucket({ ratePerSec: 100, burst: 1, now: () => Date.now() })
    bucket.allow()
    const done: string[] = []
    const abort = new AbortController()
    const first = bucket.wait().then(() => done.push('first'))
    const second = bucket.wait(1, { signal: abort.signal }).catch((error: unknown) => done.push(String(error)))
    await vi.advanceTimersByTimeAsync(9)
    expect(done).toEqual([])
    await vi.advanceTimersByTimeAsync(1)
    await first
    abort.abort('client left')
    await second
    expect(done).toEqual(['first', 'client left'])
    expect(vi.getTimerCount()).toBe(0)
  })

  it('leaves no listener at the signal when it has slept on a timer', async () => {
    vi.useFakeTimers()
    const asleep = inGuest(async ({ TokenBucket }: typeof import('./solution')) => {
      const { signal } = new AbortController()
      const listening = new Set<unknown>()
      const add = signal.addEventListener.bind(signal)
      const remove = signal.removeEventListener.bind(signal)
      Object.defineProperty(signal, 'addEventListener', {
        value: (type: string, fn: EventListener, options?: AddEventListenerOptions) => {
          if (type === 'abort') listening.add(fn)
          options?.signal?.addEventListener('abort', () => listening.delete(fn))
          add(type, fn, options)
        },
      })
      Object.defineProperty(signal, 'removeEventListener', {
        value: (type: string, fn: EventListener) => {
          if (type === 'abort') listening.delete(fn)
          remove(type, fn)
        },
      })
      const bucket = new TokenBucket({ ratePerSec: 100, burst: 1, now: () => 0 })
      bucket.allow()
      await bucket.wait(1, { signal })
      return listening.size
    })
    const [left] = await Promise.all([asleep, vi.advanceTimersByTimeAsync(10)])
    expect(left).toBe(0)
  })

  it('resolves at once for nothing at all, and rejects a count below 0', async () => {
    const { naps, sleep } = sleeper()
    const bucket = bucketAt({ ratePerSec: 1, burst: 1 }, sleep)
    bucket.reserve()
    bucket.reserve()
    await bucket.wait(0)
    const negative = async (): Promise<void> => bucket.wait(-1)
    await expect(negative()).rejects.toBeInstanceOf(RangeError)
    expect([naps.length, held(bucket)]).toEqual([0, -1])
  })
})

describe('Changing the rate', () => {
  it('settles the past at the old rate', () => {
    const steps: Step[] = [[0, 'allow', 100], [40, 'setRate', 1000], [0, 'tokens'], [5, 'tokens']]
    expect(play({ ratePerSec: 250, burst: 100 }, steps)).toEqual([true, undefined, 10, 15])
  })

  it('stops and starts the flow', () => {
    const stopped: Step[] = [[0, 'allow', 10], [4, 'setRate', 0], [1000, 'tokens']]
    const answers = play({ ratePerSec: 500, burst: 10 }, [...stopped, [0, 'setRate', 125], [8, 'tokens']])
    expect(answers).toEqual([true, undefined, 2, undefined, 3])
  })

  it('leaves what is booked as it is', () => {
    const answers = inGuest(({ TokenBucket }: typeof import('./solution')) => {
      const bucket = new TokenBucket({ ratePerSec: 500, burst: 1, now: () => 0 })
      bucket.reserve()
      const booked = bucket.reserve()
      bucket.setRate(250)
      return [booked.delayMs, bucket.tokens(), bucket.reserve().delayMs]
    })
    expect(answers).toEqual([about(2), -1, about(8)])
  })

  it('refuses a rate that makes no sense, and keeps the old one', () => {
    const senseless = [-1, Number.NaN, NEVER].map((rate): Step => [0, 'setRate', rate])
    const answers = play({ ratePerSec: 500, burst: 10 }, [[0, 'allow', 10], ...senseless, [2, 'tokens']])
    expect(answers).toEqual([true, 'RangeError', 'RangeError', 'RangeError', 1])
  })
})
