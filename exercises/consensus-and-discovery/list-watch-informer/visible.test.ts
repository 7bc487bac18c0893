import { describe, expect, it } from 'vitest'
import { type ApiEvent, GoneError, Informer } from './solution'

interface Pod {
  key: string
  resourceVersion: number
  node: string
}

const pod = (key: string, resourceVersion: number, node = 'n1'): Pod => ({ key, resourceVersion, node })

function setup(...lists: Array<{ items: Pod[]; resourceVersion: number }>) {
  const watches: Array<{ from: number; event: (e: ApiEvent<Pod>) => void; close: (err?: Error) => void }> = []
  const heard: string[] = []
  const informer = new Informer<Pod>(
    {
      list: async () => lists.shift() ?? { items: [], resourceVersion: 0 },
      watch: (from, event, close) => {
        watches.push({ from, event, close })
        return () => {}
      },
    },
    {
      timers: { now: () => 0, setTimeout: () => 1, clearTimeout: () => {} },
      retryMs: 1000,
      indexers: { node: ({ node }) => [node] },
    },
  )
  informer.on({
    add: ({ key }) => heard.push(`add ${key}`),
    update: (_, { key }) => heard.push(`update ${key}`),
    delete: ({ key }, unknown) => heard.push(`delete ${key} ${unknown}`),
  })
  return { informer, watches, heard }
}

async function settle(): Promise<void> {
  for (let i = 0; i < 30; i++) await null
}

describe('Informer', () => {
  it('lists, then watches from there', async () => {
    const { informer, watches, heard } = setup({ items: [pod('a', 3)], resourceVersion: 5 })
    informer.run()
    expect(informer.synced).toBe(false)
    await settle()
    expect([informer.synced, heard, watches.map(({ from }) => from)]).toEqual([true, ['add a'], [5]])
  })

  it('follows the events of the watch', async () => {
    const { informer, watches, heard } = setup({ items: [pod('a', 3)], resourceVersion: 5 })
    informer.run()
    await settle()
    watches[0]?.event({ type: 'MODIFIED', object: pod('a', 6, 'n2') })
    watches[0]?.event({ type: 'DELETED', object: pod('a', 7, 'n2') })
    expect(heard).toEqual(['add a', 'update a', 'delete a false'])
    expect(informer.list()).toEqual([])
  })

  it('works out what it missed when the version is gone', async () => {
    const { informer, watches, heard } = setup(
      { items: [pod('a', 3), pod('b', 4)], resourceVersion: 5 },
      { items: [pod('b', 8), pod('c', 9)], resourceVersion: 20 },
    )
    informer.run()
    await settle()
    watches[0]?.close(new GoneError())
    await settle()
    expect(heard.slice(2)).toEqual(['update b', 'add c', 'delete a true'])
    expect(watches.map(({ from }) => from)).toEqual([5, 20])
  })
})
