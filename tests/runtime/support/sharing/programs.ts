import fc from 'fast-check'
import { KEYS, PRIMITIVES, type Act } from './acts'

/** One step of the test: what it does, or a promise that the solution waits for. */
export type Step = Act | { type: 'later'; other: Act[]; meanwhile: Act[]; on: number; isKept: boolean }

export interface Program {
  /**
   * Whether more objects cross than are followed. Then only what is passed, or read from a handle, is up to date: so
   * each call passes everything, both sides hold the same in their slots, and all of it is the test's.
   */
  isFlooded: boolean
  steps: Step[]
}

const SLOTS = 4
const slot = fc.nat(SLOTS - 1)
const key = fc.nat(KEYS.length - 1)
/** Objects of the program as often as primitives, so that they hold each other. */
const value = fc.oneof(fc.nat(PRIMITIVES.length - 1), slot.map((at) => PRIMITIVES.length + at))
const args = fc.array(value, { minLength: 2, maxLength: 2 })
const make = (on: fc.Arbitrary<number>, quiet: fc.Arbitrary<boolean>): fc.Arbitrary<Act> => {
  return fc.record({ type: fc.constant('make' as const), on, recipe: fc.nat(15), parts: args, quiet })
}

const looks: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constantFrom('read' as const, 'read' as const, 'own' as const, 'has' as const), on: slot, key, to: slot }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constantFrom('look' as const, 'keys' as const, 'levels' as const, 'spread' as const, 'json' as const, 'same' as const, 'give' as const, 'raise' as const), on: slot, to: slot }) },
)
const changes: fc.Arbitrary<Act> = fc.oneof(
  { weight: 4, arbitrary: fc.record({ type: fc.constant('set' as const), on: slot, key, value }) },
  { weight: 2, arbitrary: fc.record({ type: fc.constant('delete' as const), on: slot, key }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('define' as const), on: slot, key, value, flags: fc.nat(7) }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('level' as const), on: slot, level: fc.nat(2) }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('method' as const), on: slot, pick: fc.nat(10), args }) },
  { weight: 3, arbitrary: fc.record({ type: fc.constant('through' as const), on: slot, keys: fc.array(fc.nat(3), { minLength: 1, maxLength: 2 }), pick: fc.nat(10), args }) },
  { weight: 1, arbitrary: fc.record({ type: fc.constant('call' as const), on: slot, key, args }) },
)

function actsOf(side: 'test' | 'solution', isFlooded: boolean, depth: number): fc.Arbitrary<Act[]> {
  const kinds = [{ weight: 4, arbitrary: looks }, { weight: 5, arbitrary: changes }]
  if (isFlooded) kinds.push({ weight: 1, arbitrary: fc.constant({ type: 'flood' as const }) })
  else {
    kinds.push({ weight: 1, arbitrary: fc.record({ type: fc.constant('put' as const), on: slot, key, to: slot }) })
    kinds.push({ weight: 1, arbitrary: fc.record({ type: fc.constant('fetch' as const), on: slot, to: slot }) })
  }
  if (side === 'test' || !isFlooded) kinds.push({ weight: 1, arbitrary: make(slot, isFlooded ? fc.constant(false) : fc.boolean()) })
  if (depth > 0) {
    const other = actsOf(side === 'test' ? 'solution' : 'test', isFlooded, depth - 1)
    kinds.push({ weight: 6, arbitrary: fc.record({ type: fc.constant('other' as const), other }) })
    kinds.push({ weight: 1, arbitrary: fc.record({ type: fc.constant('detach' as const), on: slot, key, other }) })
    kinds.push({ weight: 1, arbitrary: fc.record({ type: fc.constant('walk' as const), on: slot, other }) })
  }
  return fc.array(fc.oneof(...kinds), { minLength: 1, maxLength: depth === 3 ? 8 : 4 })
}

export function programs(isFlooded: boolean): fc.Arbitrary<Program> {
  const first = fc.tuple(...Array.from({ length: SLOTS }, (_, at) => make(fc.constant(at), fc.constant(false))))
  const later = fc.record({
    type: fc.constant('later' as const), other: actsOf('solution', isFlooded, 1), meanwhile: actsOf('test', isFlooded, 1), on: slot, isKept: fc.boolean(),
  })
  const rest = fc.tuple(actsOf('test', isFlooded, 3), isFlooded ? fc.constant(null) : fc.option(later), actsOf('test', isFlooded, 3))
  return fc.record({ first, rest }).map(({ first, rest: [before, waiting, after] }) => {
    return { isFlooded, steps: [...first, ...before, ...(waiting ? [waiting] : []), ...after] }
  })
}
