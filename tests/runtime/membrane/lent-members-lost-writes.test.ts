import { afterAll, describe, expect, it } from 'vitest'
import { behindMembrane, stopGuests, TRANSPORTS } from './solution'

/* What the solution does to data that it reads from where it is kept must reach the test, however much has crossed since. */

interface Runner {
  run(context: object, loads: number): void
  peek(context: object): void
  frozen(context: object): boolean
  extra(context: object): unknown
}

const RUNNER = `
  export const run = (context: any, loads: number) => {
    const had = context.done.length
    for (let id = 0; id < loads; id++) context.load(id)
    context.done.push(had + loads)
  }
  export const frozen = (context: any) => Object.isFrozen(context.done)
  export const extra = (context: any) => context.done.extra`

afterAll(() => stopGuests())

describe.each(TRANSPORTS)('over the %s', (transport) => {
  const { namespace: runner } = behindMembrane<Runner>(transport, RUNNER)
  const made = () => ({ done: [] as number[] & { extra?: number }, load: (id: number) => ({ id }) })

  it.each([30, 40])('a push into a list of the test after %i objects is seen', (loads) => {
    const context = made()
    runner.run(context, loads)
    expect(context.done).toEqual([loads])
  })

  it('a list that was sealed and is frozen now is frozen there, too', () => {
    const full = { ...made(), done: Object.seal([1]) }
    expect([runner.frozen(full), runner.frozen(full)]).toEqual([false, false])
    Object.freeze(full.done)
    expect(runner.frozen(full)).toBe(true)
  })

  it('a property that a list gets besides its elements is there', () => {
    const context = made()
    expect([runner.extra(context), runner.extra(context)]).toEqual([undefined, undefined])
    context.done.extra = 5
    expect(runner.extra(context)).toBe(5)
  })
})
