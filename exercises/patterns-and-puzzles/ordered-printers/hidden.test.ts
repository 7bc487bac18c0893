import { describe, expect, it, vi } from 'vitest'
import { random } from 'handroll'
import { alternate, printInTurn, runWithin, type Timers, TurnGate } from './solution'

/** Lets everything happen that can happen. */
async function settle(): Promise<void> {
  for (let i = 0; i < 300; i++) await null
}

interface Seen {
  state: 'pending' | 'resolved' | 'rejected'
  value?: unknown
}

/** Keeps an eye on a promise without waiting for it. */
function watch(promise: Promise<unknown>): Seen {
  const seen: Seen = { state: 'pending' }
  promise.then(
    (value) => Object.assign(seen, { state: 'resolved', value }),
    (value) => Object.assign(seen, { state: 'rejected', value }),
  )
  return seen
}

/** Promises that the test settles one by one. */
function deferred() {
  let resolve: () => void = () => {}
  let reject: (error: Error) => void = () => {}
  const promise = new Promise<void>((yes, no) => {
    resolve = yes
    reject = no
  })
  return { promise, resolve, reject }
}

describe('Turn gate', () => {
  it('begins with worker 0 and makes the others wait', async () => {
    const gate = new TurnGate(3)
    const seen = [2, 1, 0].map((worker) => watch(gate.wait(worker)))
    await settle()
    expect(seen.map(({ state }) => state)).toEqual(['pending', 'pending', 'resolved'])
  })

  it('goes round in order', async () => {
    const workers = random.int(2, 4)
    const gate = new TurnGate(workers)
    for (let turn = 0; turn < 2 * workers; turn++) {
      const [on, next] = [turn % workers, (turn + 1) % workers]
      const waiting = watch(gate.wait(next))
      const going = watch(gate.wait(on))
      await settle()
      expect([going.state, waiting.state]).toEqual(['resolved', 'pending'])
      gate.pass(on)
      await settle()
      expect(waiting.state).toBe('resolved')
    }
  })

  it('works for one worker', async () => {
    const gate = new TurnGate(1)
    gate.pass(0)
    gate.pass(0)
    const seen = watch(gate.wait(0))
    await settle()
    expect(seen.state).toBe('resolved')
  })

  it('throws when the wrong worker passes, and changes nothing', async () => {
    const gate = new TurnGate(3)
    const seen = [1, 2].map((worker) => watch(gate.wait(worker)))
    for (const wrong of [1, 2]) expect(() => gate.pass(wrong)).toThrow(Error)
    await settle()
    expect(seen.map(({ state }) => state)).toEqual(['pending', 'pending'])
    gate.pass(0)
    expect(() => gate.pass(0)).toThrow(Error)
    await settle()
    expect(seen.map(({ state }) => state)).toEqual(['resolved', 'pending'])
  })

  it('releases everyone with the error when it is stopped', async () => {
    const gate = new TurnGate(3)
    const seen = [1, 2].map((worker) => watch(gate.wait(worker)))
    const error = new Error('stop')
    gate.stop(error)
    gate.stop(new Error('too late'))
    await settle()
    expect(seen).toEqual([{ state: 'rejected', value: error }, { state: 'rejected', value: error }])
    expect(seen[0]?.value).toBe(error)
  })

  it('stays stopped for those who come later', async () => {
    const gate = new TurnGate(2)
    const error = new Error('stop')
    gate.stop(error)
    const later = [0, 1].map((worker) => watch(gate.wait(worker)))
    expect(() => gate.pass(0)).not.toThrow()
    expect(() => gate.pass(0)).not.toThrow()
    await settle()
    expect(later.map(({ state, value }) => [state, value === error])).toEqual([['rejected', true], ['rejected', true]])
  })

  it('keeps the error of the first stop', async () => {
    const gate = new TurnGate(2)
    const error = new Error('stop')
    gate.stop(error)
    gate.stop(new Error('too late'))
    gate.stop()
    const later = watch(gate.wait(1))
    await settle()
    expect([later.state, later.value === error]).toEqual(['rejected', true])
  })

  it('has an error of its own if it is stopped without one', async () => {
    const gate = new TurnGate(2)
    const seen = watch(gate.wait(1))
    gate.stop()
    await settle()
    expect([seen.state, seen.value instanceof Error]).toEqual(['rejected', true])
  })

  it('refuses numbers that are no workers', async () => {
    for (const bad of [0, -1, 1.5]) expect(() => new TurnGate(bad)).toThrow(RangeError)
    const gate = new TurnGate(2)
    const seen = [-1, 2, 0.5].map((worker) => watch(gate.wait(worker)))
    await settle()
    expect(seen.map(({ state }) => state)).toEqual(['rejected', 'rejected', 'rejected'])
    for (const { value } of seen) expect(value).toBeInstanceOf(RangeError)
  })
})

describe('Printing in turn', () => {
  it('prints the words in order, in every round, each by its own worker', async () => {
    const words = random.shuffle(['cat', 'fish', 'dog', 'cow', 'cat']).slice(0, random.int(3, 5))
    const rounds = random.int(2, 4)
    const printed: Array<[string, number]> = []
    const seen = watch(printInTurn(words, rounds, (word, worker) => void printed.push([word, worker])))
    await settle()
    expect(seen.state).toBe('resolved')
    expect(printed).toEqual(Array.from({ length: rounds }, () => words.map((word, i) => [word, i])).flat())
  })

  it('waits for a slow printer before the next word', async () => {
    const jobs: Array<{ word: string } & ReturnType<typeof deferred>> = []
    const out = (word: string) => {
      const job = deferred()
      jobs.push({ word, ...job })
      return job.promise
    }
    const seen = watch(printInTurn(['a', 'b'], 2, out))
    for (const count of [1, 2, 3, 4]) {
      await settle()
      expect(jobs.map(({ word }) => word).join('')).toBe('abab'.slice(0, count))
      expect(seen.state).toBe('pending')
      jobs[count - 1]?.resolve()
    }
    await settle()
    expect(seen.state).toBe('resolved')
  })

  it('ends with one word, without a word and without a round', async () => {
    const out = vi.fn()
    const seen = [printInTurn(['x'], 3, out), printInTurn([], 3, out), printInTurn(['a', 'b'], 0, out)].map(watch)
    await settle()
    expect(seen.map(({ state }) => state)).toEqual(['resolved', 'resolved', 'resolved'])
    expect(out.mock.calls).toEqual([['x', 0], ['x', 0], ['x', 0]])
  })

  it('stops all when printing fails', async () => {
    for (const isSlow of [false, true]) {
      const error = new Error('paper jam')
      const printed: string[] = []
      const out = (word: string) => {
        printed.push(word)
        if (printed.length < 5) return
        if (isSlow) return Promise.reject(error)
        throw error
      }
      const seen = watch(printInTurn(['a', 'b', 'c'], 4, out))
      await settle()
      expect([seen.state, seen.value === error]).toEqual(['rejected', true])
      expect(printed.join('')).toBe('abcab')
    }
  })

  it('refuses what is no number of rounds', async () => {
    const out = vi.fn()
    const seen = [-1, 0.5, Number.NaN].map((rounds) => watch(printInTurn(['a'], rounds, out)))
    await settle()
    expect(seen.map(({ state }) => state)).toEqual(['rejected', 'rejected', 'rejected'])
    for (const { value } of seen) expect(value).toBeInstanceOf(RangeError)
    expect(out).not.toHaveBeenCalled()
  })
})

/** What is printed, with its source, and how it ends. */
async function alternated(a: Iterable<string>, b: Iterable<string>, failAt = Infinity) {
  const printed: string[] = []
  const error = new Error('paper jam')
  const out = (item: string, from: 'a' | 'b') => {
    printed.push(`${item}${from}`)
    if (printed.length >= failAt) throw error
  }
  const seen = watch(alternate(a, b, out))
  await settle()
  return { printed: printed.join(' '), state: seen.state, isError: seen.value === error }
}

describe('Alternating', () => {
  it('switches strictly, beginning with the first', async () => {
    expect(await alternated('xyz', '123')).toMatchObject({ printed: 'xa 1b ya 2b za 3b', state: 'resolved' })
  })

  it('prints the rest of the longer one', async () => {
    expect(await alternated('x', '1234')).toMatchObject({ printed: 'xa 1b 2b 3b 4b', state: 'resolved' })
    const other = await alternated(['p', 'q', 'r'], new Set(['1']))
    expect(other).toMatchObject({ printed: 'pa 1b qa ra', state: 'resolved' })
  })

  it('copes with sources without items', async () => {
    expect(await alternated('', 'ab')).toMatchObject({ printed: 'ab bb', state: 'resolved' })
    expect(await alternated('ab', [])).toMatchObject({ printed: 'aa ba', state: 'resolved' })
    expect(await alternated([], [])).toMatchObject({ printed: '', state: 'resolved' })
  })

  it('stops when printing fails', async () => {
    expect(await alternated('xyz', '123', 4)).toEqual({ printed: 'xa 1b ya 2b', state: 'rejected', isError: true })
    expect(await alternated('xyz', '', 2)).toEqual({ printed: 'xa ya', state: 'rejected', isError: true })
  })
})

/** A clock that the test moves. */
class VirtualTimers implements Timers {
  time = 0
  #next = 1
  readonly due = new Map<number, { at: number; fn: () => void }>()

  now(): number {
    return this.time
  }

  setTimeout(fn: () => void, ms: number): number {
    this.due.set(this.#next, { at: this.time + ms, fn })
    return this.#next++
  }

  clearTimeout(id: number): void {
    this.due.delete(id)
  }

  async advanceTo(time: number): Promise<void> {
    for (;;) {
      await settle()
      const [first] = [...this.due].filter(([, { at }]) => at <= time).sort((x, y) => x[1].at - y[1].at)
      if (first === undefined) break
      this.due.delete(first[0])
      this.time = first[1].at
      first[1].fn()
    }
    this.time = time
    await settle()
  }

  /** A task that takes this long, and whether its signal has been aborted. */
  task(ms: number, error?: Error) {
    const seen: { signal: AbortSignal | null } = { signal: null }
    const run = (signal: AbortSignal) => {
      seen.signal = signal
      return new Promise<void>((resolve, reject) => {
        this.setTimeout(() => (error === undefined ? resolve() : reject(error)), ms)
      })
    }
    return { run, isAborted: () => seen.signal?.aborted }
  }
}

describe('Deadline', () => {
  it('ends at the deadline without waiting for the slow task', async () => {
    const timers = new VirtualTimers()
    const [quick, slow] = [timers.task(1000), timers.task(3000)]
    const seen = watch(runWithin({ quick: quick.run, slow: slow.run }, 2000, timers))
    await timers.advanceTo(1999)
    expect(seen.state).toBe('pending')
    await timers.advanceTo(2000)
    expect(seen).toEqual({ state: 'resolved', value: { quick: 'done', slow: 'timeout' } })
    await timers.advanceTo(5000)
    expect(seen.value).toEqual({ quick: 'done', slow: 'timeout' })
  })

  it('starts all tasks at once', async () => {
    const timers = new VirtualTimers()
    const tasks = Object.fromEntries(['c', 'a', 'b'].map((name) => [name, timers.task(random.int(500, 900)).run]))
    const seen = watch(runWithin(tasks, 1000, timers))
    await timers.advanceTo(950)
    expect(seen).toEqual({ state: 'resolved', value: { c: 'done', a: 'done', b: 'done' } })
  })

  it('ends early when all tasks have, and leaves no timer behind', async () => {
    const timers = new VirtualTimers()
    const seen = watch(runWithin({ a: timers.task(10).run, b: timers.task(30).run }, 2000, timers))
    await timers.advanceTo(29)
    expect(seen.state).toBe('pending')
    await timers.advanceTo(30)
    expect(seen.state).toBe('resolved')
    expect(timers.due.size).toBe(0)
  })

  it('aborts the signals of late tasks', async () => {
    const timers = new VirtualTimers()
    const slow = timers.task(300)
    runWithin({ quick: timers.task(100).run, slow: slow.run }, 200, timers)
    await timers.advanceTo(199)
    expect(slow.isAborted()).toBe(false)
    await timers.advanceTo(200)
    expect(slow.isAborted()).toBe(true)
  })

  it('leaves the signals of finished tasks alone', async () => {
    const timers = new VirtualTimers()
    const quick = timers.task(100)
    runWithin({ quick: quick.run, slow: timers.task(300).run }, 200, timers)
    await timers.advanceTo(200)
    expect(quick.isAborted()).toBe(false)
  })

  it('reports a late task as late, whatever it does when it is aborted', async () => {
    const timers = new VirtualTimers()
    const obeys = (signal: AbortSignal) => {
      return new Promise<void>((resolve) => signal.addEventListener('abort', () => resolve()))
    }
    const seen = watch(runWithin({ obeys, fails: timers.task(300, new Error('late')).run }, 200, timers))
    await timers.advanceTo(400)
    expect(seen).toEqual({ state: 'resolved', value: { obeys: 'timeout', fails: 'timeout' } })
  })

  it('reports failures, also of tasks that throw at once', async () => {
    const timers = new VirtualTimers()
    const broken = () => {
      throw new Error('at once')
    }
    const tasks = { broken, failing: timers.task(10, new Error('later')).run, good: timers.task(20).run }
    const seen = watch(runWithin(tasks, 2000, timers))
    await timers.advanceTo(20)
    expect(seen).toEqual({ state: 'resolved', value: { broken: 'failed', failing: 'failed', good: 'done' } })
    expect(timers.due.size).toBe(0)
  })

  it('has nothing to wait for without tasks', async () => {
    const timers = new VirtualTimers()
    const seen = watch(runWithin({}, 2000, timers))
    await settle()
    expect(seen).toEqual({ state: 'resolved', value: {} })
    expect(timers.due.size).toBe(0)
  })
})
