import { describe, expect, it } from 'vitest'
import { KeyedExecutor } from './solution'

/** Tasks that note when they start, and that the test ends when it likes. */
function tasks() {
  const started: string[] = []
  const ends = new Map<string, () => void>()
  const task = (name: string) => () => {
    started.push(name)
    return new Promise<string>((resolve) => ends.set(name, () => resolve(`${name} done`)))
  }
  return { started, task, end: (name: string) => ends.get(name)?.() }
}

/** Lets everything happen that can happen. */
async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await null
}

describe('KeyedExecutor', () => {
  it('gives the result of a task to who submitted it', async () => {
    const executor = new KeyedExecutor({ workers: 1 })
    expect(await executor.submit('ann', () => 42)).toBe(42)
    await expect(executor.submit('ann', () => Promise.reject(new Error('no')))).rejects.toThrow('no')
  })

  it('runs the tasks of one key one after another', async () => {
    const { started, task, end } = tasks()
    const executor = new KeyedExecutor({ workers: 2 })
    const results = [executor.submit('ann', task('a1')), executor.submit('ann', task('a2'))]
    await settle()
    expect(started).toEqual(['a1'])
    end('a1')
    await settle()
    expect(started).toEqual(['a1', 'a2'])
    end('a2')
    expect(await Promise.all(results)).toEqual(['a1 done', 'a2 done'])
  })

  it('lets other keys pass while one is slow', async () => {
    const { started, task, end } = tasks()
    const executor = new KeyedExecutor({ workers: 2 })
    for (const [key, name] of [
      ['ann', 'slow'],
      ['ann', 'a2'],
      ['bob', 'b1'],
      ['cid', 'c1'],
    ] as const) {
      void executor.submit(key, task(name))
    }
    expect(started).toEqual(['slow', 'b1'])
    expect([executor.active, executor.pending(), executor.pending('ann')]).toEqual([2, 2, 1])
    end('b1')
    await settle()
    expect(started).toEqual(['slow', 'b1', 'c1'])
  })

  it('is idle when nothing is left', async () => {
    const executor = new KeyedExecutor({ workers: 1 })
    const results: string[] = []
    for (const name of ['a', 'b', 'c']) void executor.submit(name, async () => void results.push(name))
    await executor.idle()
    expect(results).toEqual(['a', 'b', 'c'])
    expect(executor.trackedKeys).toBe(0)
  })
})
