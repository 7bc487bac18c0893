import { expect, it } from 'vitest'
import type { Frame } from '@/lib/runtime/membrane/channel'
import type { Wire } from '@/lib/runtime/membrane/wire'
import { attacked } from './attacked'

/* The text of what a test gives away, and the lines where it stands, are not for the solution. */

const end = (question: Frame): Frame => ['a', question[1] as Wire, 0, [], [], null, null]
const ask = (operation: string, ...values: Wire[]): Frame => ['q', 7, operation, [], [], null, ...values]

function heard(value: unknown, ...questions: (readonly [string, ...Wire[]])[]): string {
  const { call, sent } = attacked((question) => {
    if (question[2] !== 'call') return [end(question)]
    return [...questions.map(([operation, ...values]) => ask(operation, question[8] as Wire, ...values)), end(question)]
  })
  try {
    call(value)
  } catch {
    // A breach is as good as silence.
  }
  return JSON.stringify(sent.filter((frame) => frame[0] === 'a'))
}

const callback = (value: number): boolean => value === 4711

it.each([
  ['Date.prototype.Symbol(Symbol.toPrimitive)', [['method', 'Date.prototype.Symbol(Symbol.toPrimitive)', 'string']]],
  ['Array.prototype.fill and join', [['method', 'Array.prototype.fill', callback as unknown as Wire], ['method', 'Array.prototype.join', ',']]],
] as const)('the text of a callback is not told through %s', (_, questions) => {
  const wires = questions.map(([operation, token, value]) => [operation, token, value as unknown === callback ? ['r', 0] : value] as [string, ...Wire[]])
  expect(heard(callback, ...wires)).not.toContain('4711')
})

it('the stack of an error of the tests is not told', () => {
  expect(heard(new Error('mine'), ['get', 'stack'])).not.toContain('sources-of-the-tests')
})
