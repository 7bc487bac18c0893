import { describe, expect, it } from 'vitest'
import { prioritySelect, type Source } from './solution'

/** Lets everything happen that can happen. */
async function settle(): Promise<void> {
  for (let i = 0; i < 50; i++) await null
}

/** A source that the test fills by hand, and that loses patience with those who ask again and again. */
function source(...values: string[]) {
  const listeners = new Set<() => void>()
  let isClosed = false
  let asked = 0
  const tell = () => {
    for (const listener of [...listeners]) listener()
  }
  const self: Source<string> = {
    tryRecv() {
      if (++asked > 20) throw new Error('asked too often')
      const value = values.shift()
      if (value !== undefined) return { state: 'value', value }
      return isClosed ? { state: 'closed' } : { state: 'empty' }
    },
    onReady(cb) {
      listeners.add(cb)
      return () => void listeners.delete(cb)
    },
  }
  return {
    self,
    push(value: string) {
      values.push(value)
      tell()
    },
    close() {
      isClosed = true
      tell()
    },
  }
}

describe('prioritySelect', () => {
  it('handles what is urgent first', async () => {
    const [high, low] = [source('h1', 'h2'), source('l1', 'l2')]
    high.close()
    low.close()
    const seen: string[] = []
    await prioritySelect(high.self, low.self, (v) => void seen.push(v))
    expect(seen).toEqual(['h1', 'h2', 'l1', 'l2'])
  })

  it('prefers an urgent value that arrives while another is being handled', async () => {
    const [high, low] = [source(), source('l1', 'l2')]
    const seen: string[] = []
    void prioritySelect(high.self, low.self, async (v) => {
      seen.push(v)
      if (v === 'l1') high.push('h1')
    })
    await settle()
    expect(seen).toEqual(['l1', 'h1', 'l2'])
  })

  it('waits for values and ends when both sources are closed', async () => {
    const [high, low] = [source(), source()]
    const seen: string[] = []
    let isOver = false
    const end = prioritySelect(high.self, low.self, (v, from) => void seen.push(`${from} ${v}`))
    end.then(
      () => (isOver = true),
      () => {},
    )
    await settle()
    high.close()
    low.push('l1')
    await settle()
    expect([seen, isOver]).toEqual([['low l1'], false])
    low.close()
    await settle()
    expect(isOver).toBe(true)
  })

  it('lets a low value through after so many high ones', async () => {
    const [high, low] = [source('h1', 'h2', 'h3', 'h4', 'h5'), source('l1', 'l2')]
    const seen: string[] = []
    void prioritySelect(high.self, low.self, (v) => void seen.push(v), { starvationLimit: 2 })
    await settle()
    expect(seen).toEqual(['h1', 'h2', 'l1', 'h3', 'h4', 'l2', 'h5'])
  })
})
