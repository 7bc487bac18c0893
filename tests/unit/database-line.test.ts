import { describe, expect, it } from 'vitest'
import { DatabaseLine, LineTooLong } from '@/lib/learn/database-line'

/** Work that lasts until it is told to end. */
function heldWork() {
  let end = (): void => {}
  const held = new Promise<void>((resolve) => (end = resolve))
  return { work: () => held, end }
}

describe('the line in front of the database', () => {
  it('lets in as much as it is wide, and the others in the order in which they came', async () => {
    const line = new DatabaseLine(2)
    const begun: number[] = []
    const held = Array.from({ length: 5 }, heldWork)
    const all = held.map(({ work }, index) => line.run(() => (begun.push(index), work())))
    await Promise.resolve()
    expect(begun).toEqual([0, 1])
    held[1]?.end()
    await all[1]
    expect(begun).toEqual([0, 1, 2])
    for (const { end } of held) end()
    await Promise.all(all)
    expect(begun).toEqual([0, 1, 2, 3, 4])
  })

  it('gives the turn on when work fails', async () => {
    const line = new DatabaseLine(1)
    const failing = line.run(() => Promise.reject(new Error('away')))
    const next = line.run(async () => 'done')
    await expect(failing).rejects.toThrow('away')
    expect(await next).toBe('done')
  })

  it('does not wait for itself when work contains other work', async () => {
    const line = new DatabaseLine(1)
    expect(await line.run(() => line.run(() => line.run(async () => 'inner')))).toBe('inner')
  })

  it('sends away who has waited too long, and forgets about them', async () => {
    const line = new DatabaseLine(1, 1)
    const { work, end } = heldWork()
    const first = line.run(work)
    await expect(line.run(async () => 'never')).rejects.toThrow(LineTooLong)
    end()
    await first
    expect(await line.run(async () => 'later')).toBe('later')
  })
})
