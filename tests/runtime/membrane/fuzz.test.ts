import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Frame } from '@/lib/runtime/membrane/channel'
import type { Wire } from '@/lib/runtime/membrane/wire'
import { attacked } from './attacked'

/*
 * The judge reads whatever a guest may write. Random frames, close to honest ones in form, must end as a value or as
 * an error, and must leave every object that the judge's own code stands on as it was.
 */

const ids = fc.oneof(fc.integer({ min: -1, max: 12 }), fc.constantFrom(0, 1, 2, 3, 5, 7, 9))
const tokens = fc.constantFrom('Object', 'Array', 'Map', 'Object.prototype', 'Function', 'Map.prototype', 'JSON.parse', '')
const keys = fc.constantFrom('x', 'constructor', '__proto__', 'prototype', 'then', 'length', 'toString', 'mock', 'f', '')
const operations = fc.constantFrom(
  'call', 'new', 'invoke', 'method', 'get', 'set', 'has', 'del', 'own', 'desc', 'def', 'ext', 'prevent', 'snap', 'drive',
  'abort', 'load', 'pump', 'fire', 'settle', 'timer', 'clear', 'uncaught',
)
const kinds = fc.constantFrom(...'adnmtDRBVwNexpsfoP'.split(''), 'Z')

const { wire } = fc.letrec<{ wire: Wire }>((tie) => ({
  wire: fc.oneof(
    { maxDepth: 3, withCrossShrink: true },
    fc.oneof(fc.integer(), fc.boolean(), fc.constant(null), keys) as fc.Arbitrary<Wire>,
    fc.tuple(fc.constant('r'), ids) as unknown as fc.Arbitrary<Wire>,
    fc.tuple(fc.constant('i'), tokens) as unknown as fc.Arbitrary<Wire>,
    fc.constantFrom<Wire>(['u'], ['h'], ['n', 'NaN'], ['b', '12'], ['y', 'k', 'iterator'], ['y', 'f', 'k'], ['y', 'i', 11, null]),
    fc.array(tie('wire'), { maxLength: 5 }),
  ),
}))
const entry = fc.tuple(ids, kinds, fc.array(wire, { maxLength: 4 }), fc.array(wire, { maxLength: 7 })) as unknown as fc.Arbitrary<Wire>
const updates = fc.array(fc.tuple(ids, fc.array(wire, { maxLength: 6 })) as unknown as fc.Arbitrary<Wire>, { maxLength: 2 })
const body = fc.tuple(fc.array(entry, { maxLength: 3 }), updates, fc.array(wire, { maxLength: 4 }))
const shape = fc.oneof(
  fc.record({ type: fc.constant('a'), outcome: fc.constantFrom(0, 1, 2, 3), body }),
  fc.record({ type: fc.constant('q'), operation: operations, body }),
  fc.record({ type: fc.constant('t'), operation: operations, body }),
)

function frameOf(question: Frame, made: { type: string; outcome?: number; operation?: string; body: [Wire[], Wire[], Wire[]] }): Frame {
  const [heap, changed, values] = made.body
  if (made.type === 'a') return ['a', question[1] as Wire, made.outcome ?? 0, heap, changed, null, ...values]
  if (made.type === 'q') return ['q', 7, made.operation ?? '', heap, changed, null, ...values]
  return ['t', made.operation ?? '', heap, changed, null, ...values]
}

/** Every property of the built-ins that judging rests on, by identity. */
function foundations(): unknown[] {
  const roots: object[] = [
    Object, Object.prototype, Function.prototype, Array, Array.prototype, Map.prototype, Set.prototype, Promise,
    Promise.prototype, Error, Error.prototype, RegExp.prototype, String.prototype, Symbol, Reflect, JSON, globalThis,
  ]
  return roots.flatMap((root) => Reflect.ownKeys(root).flatMap((key) => {
    const property = Reflect.getOwnPropertyDescriptor(root, key)
    return [key, property?.value, property?.get, property?.set] as unknown[]
  }))
}

describe('random frames', () => {
  it('never change what the judge stands on, and never pass for what they are not', { timeout: 120_000 }, () => {
    const before = foundations()
    fc.assert(
      fc.property(fc.array(shape, { minLength: 1, maxLength: 4 }), (made) => {
        const { link, call } = attacked((question) => made.map((each) => frameOf(question, each as never)))
        const given = { secret: 1, method: () => 2 }
        try {
          const value = call(given, () => 3, [1, 2], new Map())
          link.snapshot(value)
        } catch {
          // An error is a fine end for such a frame.
        } finally {
          link.close()
        }
        const after = foundations()
        expect(after.length).toBe(before.length)
        expect(after.every((value, index) => Object.is(value, before[index]))).toBe(true)
      }),
      { numRuns: 3_000 },
    )
  })
})
