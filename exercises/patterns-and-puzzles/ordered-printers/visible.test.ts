import { describe, expect, it } from 'vitest'
import { alternate, printInTurn, runWithin, TurnGate } from './solution'

describe('taking turns', () => {
  it('prints the words in order, each by its own worker', async () => {
    const printed: string[] = []
    await printInTurn(['cat', 'fish', 'dog'], 2, (word, worker) => void printed.push(`${worker} ${word}`))
    expect(printed).toEqual(['0 cat', '1 fish', '2 dog', '0 cat', '1 fish', '2 dog'])
  })

  it('lets nobody pass who is not on turn', async () => {
    const gate = new TurnGate(2)
    await gate.wait(0)
    expect(() => gate.pass(1)).toThrow(Error)
    gate.pass(0)
    await gate.wait(1)
  })

  it('alternates, and prints the rest of the longer one', async () => {
    const printed: string[] = []
    await alternate('abc', '1', (item) => void printed.push(item))
    expect(printed).toEqual(['a', '1', 'b', 'c'])
  })

  it('does not wait for tasks beyond the deadline', async () => {
    let fire = () => {}
    const timers = { now: () => 0, setTimeout: (fn: () => void) => ((fire = fn), 1), clearTimeout: () => {} }
    const result = runWithin({ quick: async () => {}, slow: () => new Promise(() => {}) }, 2000, timers)
    for (let i = 0; i < 20; i++) await null
    fire()
    expect(await result).toEqual({ quick: 'done', slow: 'timeout' })
  })
})
