import { describe, expect, it } from 'vitest'
import { Chan, select } from './solution'

/** Lets everything happen that can happen. */
async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await null
}

/** Keeps an eye on a promise without waiting for it. */
function watch<T>(promise: Promise<T>) {
  const seen: { state: 'pending' | 'resolved' | 'rejected'; value?: T; reason?: unknown } = { state: 'pending' }
  promise.then(
    (value) => Object.assign(seen, { state: 'resolved', value }),
    (reason) => Object.assign(seen, { state: 'rejected', reason }),
  )
  return seen
}

describe('select', () => {
  it('commits the case that is ready', async () => {
    const empty = new Chan<number>(1)
    const full = new Chan<string>(1)
    await full.send('x')
    expect(await select([{ op: 'recv', ch: empty }, { op: 'recv', ch: full }])).toEqual({
      index: 1,
      value: 'x',
      ok: true,
    })
    expect(await select([{ op: 'recv', ch: full }, { op: 'send', ch: empty, value: 7 }])).toEqual({ index: 1 })
    expect([empty.len, full.len]).toEqual([1, 0])
  })

  it('asks rng which of several ready cases it is', async () => {
    const channels = [new Chan<number>(1), new Chan<number>(1), new Chan<number>(1)]
    const cases = channels.map((ch) => ({ op: 'send' as const, ch, value: 1 }))
    expect(await select(cases, { rng: () => 0.5 })).toEqual({ index: 1 })
    expect(channels.map((ch) => ch.len)).toEqual([0, 1, 0])
  })

  it('takes the default only when nothing is ready', async () => {
    const ch = new Chan<number>(1)
    expect(await select([{ op: 'recv', ch }], { hasDefault: true })).toEqual({ index: -1 })
    await ch.send(3)
    const opts = { hasDefault: true, rng: () => 0 }
    expect(await select([{ op: 'recv', ch }], opts)).toEqual({ index: 0, value: 3, ok: true })
  })

  it('waits for the first case that becomes ready', async () => {
    const a = new Chan<string>()
    const b = new Chan<string>()
    const seen = watch(select([{ op: 'recv', ch: a }, { op: 'recv', ch: b }]))
    await settle()
    expect(seen.state).toBe('pending')
    await b.send('from b')
    await settle()
    expect(seen.value).toEqual({ index: 1, value: 'from b', ok: true })
  })

  it('never chooses a nil channel', async () => {
    const ch = new Chan<number>(1)
    expect(await select([{ op: 'recv', ch: null }, { op: 'send', ch, value: 1 }])).toEqual({ index: 1 })
    const seen = watch(select([{ op: 'recv', ch: null }]))
    await settle()
    expect(seen.state).toBe('pending')
  })
})
