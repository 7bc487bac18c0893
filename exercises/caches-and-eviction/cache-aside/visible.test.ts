import { describe, expect, it } from 'vitest'
import { CacheAside } from './solution'

/** A cache and a database that keep a log of what is asked of them. */
function setUp() {
  const log: string[] = []
  const rows = new Map<string, string>()
  const entries = new Map<string, string>()
  const state = { delFails: false }
  const db = {
    async read(key: string) {
      log.push(`db.read ${key}`)
      return rows.get(key) ?? null
    },
    async write(key: string, value: string) {
      log.push(`db.write ${key}`)
      rows.set(key, value)
    },
  }
  const cache = {
    async get(key: string) {
      log.push(`cache.get ${key}`)
      return entries.get(key) ?? null
    },
    async set(key: string, value: string) {
      log.push(`cache.set ${key}`)
      entries.set(key, value)
    },
    async del(key: string) {
      log.push(`cache.del ${key}`)
      if (state.delFails) throw new Error('cache is down')
      entries.delete(key)
    },
  }
  const wakes: Array<() => void> = []
  const sleep = () => new Promise<void>((resolve) => wakes.push(resolve))
  const aside = new CacheAside<string>(db, cache, { maxRetries: 3, retryDelayMs: 100, sleep })
  return { aside, log, rows, state, wake: () => wakes.shift()?.() }
}

/** Lets everything happen that can happen while nobody wakes. */
async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await null
}

describe('CacheAside', () => {
  it('fills the cache at a miss and answers from it at a hit', async () => {
    const { aside, log, rows } = setUp()
    rows.set('u1', 'Ada')
    expect([await aside.read('u1'), await aside.read('u1')]).toEqual(['Ada', 'Ada'])
    expect(log).toEqual(['cache.get u1', 'db.read u1', 'cache.set u1', 'cache.get u1'])
  })

  it('writes to the database, then deletes from the cache', async () => {
    const { aside, log } = setUp()
    await aside.write('u1', 'Ada')
    expect(log).toEqual(['db.write u1', 'cache.del u1'])
  })

  it('retries a failed deletion in the background', async () => {
    const { aside, log, state, wake } = setUp()
    state.delFails = true
    const write = aside.write('u1', 'Ada')
    await settle()
    expect(aside.pendingRetries).toBe(1)
    state.delFails = false
    wake()
    await settle()
    expect(log).toEqual(['db.write u1', 'cache.del u1', 'cache.del u1'])
    expect(aside.pendingRetries).toBe(0)
    await write
  })

  it('deletes what the change log names, once', async () => {
    const { aside, log } = setUp()
    await aside.applyBinlog({ key: 'u1', position: 7 })
    await aside.applyBinlog({ key: 'u1', position: 7 })
    expect(log).toEqual(['cache.del u1'])
  })
})
