import { describe, expect, it } from 'vitest'
import { mapLimit, PoolFullError, WorkerPool } from './solution'

/** Lets everything happen that can happen. */
async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await null
}

/** Tasks that end when the test says so. */
function tasks() {
  const running: Array<{ name: string; end: (value: string) => void }> = []
  const task = (name: string) => () => new Promise<string>((end) => running.push({ name, end }))
  return { running, task }
}

describe('WorkerPool', () => {
  it('runs as many tasks as it has workers; the others wait', async () => {
    const { running, task } = tasks()
    const pool = new WorkerPool({ size: 2 })
    const results = ['a', 'b', 'c'].map((name) => pool.submit(task(name)))
    await settle()
    expect(running.map(({ name }) => name)).toEqual(['a', 'b'])
    expect([pool.running, pool.queued]).toEqual([2, 1])
    running[0]?.end('A')
    expect(await results[0]).toBe('A')
    await settle()
    expect(running.map(({ name }) => name)).toEqual(['a', 'b', 'c'])
  })

  it('passes on what goes wrong, and works on', async () => {
    const pool = new WorkerPool({ size: 1 })
    const failed = pool.submit(() => Promise.reject(new Error('broken')))
    let answer = 0
    void pool.submit(() => 42).then((value) => (answer = value))
    await expect(failed).rejects.toThrow('broken')
    await settle()
    expect(answer).toBe(42)
  })

  it('refuses tasks when the queue is full', async () => {
    const { task } = tasks()
    const pool = new WorkerPool({ size: 1, maxQueue: 1 })
    void pool.submit(task('a'))
    void pool.submit(task('b'))
    await expect(pool.submit(task('c'))).rejects.toBeInstanceOf(PoolFullError)
  })

  it('finishes the queue when it is closed', async () => {
    const pool = new WorkerPool({ size: 1 })
    const done: number[] = []
    for (const i of [1, 2, 3]) void pool.submit(async () => void done.push(i))
    await pool.close()
    expect(done).toEqual([1, 2, 3])
  })
})

describe('mapLimit', () => {
  it('keeps the order of the items and never runs too many', async () => {
    let running = 0
    let most = 0
    const results = await mapLimit([30, 10, 20, 40], 2, async (item, index) => {
      most = Math.max(most, ++running)
      for (let i = 0; i < item; i++) await null
      running--
      return item * 10 + index
    })
    expect(results).toEqual([300, 101, 202, 403])
    expect(most).toBe(2)
  })
})
