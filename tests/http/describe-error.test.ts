import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { describeError } from '@/lib/http/describe-error'

const SECRETS = ['const answer = 42', 'ada@example.com', 'hunter2', 'Ada Lovelace']

describe('what the log keeps of an error', () => {
  it.each([
    ['a parser that quotes its input', thrownBy(() => JSON.parse('const answer = 42'))],
    ['a database that quotes a row', new Error('Key (email)=(ada@example.com) already exists.')],
    ['a database that quotes a value', new Error('invalid input syntax for type uuid: "hunter2"')],
    ['a query builder that prints its input', new Error('\nInvalid:\n{ data: { source: "const answer = 42" } }')],
    ['a message over several lines', new Error('Failed\nname: Ada Lovelace')],
    ['an error within an error', new Error('outer', { cause: new Error("no such user: 'hunter2'") })],
    ['an address in the open', new Error('no mailbox for ada@example.com')],
    ['an unclosed quotation', new Error('near `const answer = 42')],
    ['a thrown string', 'hunter2'],
  ])('holds nothing of what was typed: %s', (_, error) => {
    const kept = JSON.stringify({ ...describeError(error), stack: [] })
    for (const secret of SECRETS) expect(kept).not.toContain(secret)
  })

  it('still says what happened and where', () => {
    const error = Object.assign(new TypeError('connect ECONNREFUSED 127.0.0.1:5432'), { code: 'ECONNREFUSED' })
    const description = describeError(error)
    expect(description).toMatchObject({
      name: 'TypeError', code: 'ECONNREFUSED', message: 'connect ECONNREFUSED 127.0.0.1:5432',
    })
    expect(description.stack[0]).toMatch(/^at .*describe-error\.test\.ts/)
  })

  it('names the fields that break a schema, without their values', () => {
    const result = z.strictObject({ score: z.number() }).safeParse({ score: 'hunter2', extra: 'Ada Lovelace' })
    expect(describeError(result.error).message).toBe('score: invalid_type, value: unrecognized_keys')
  })

  it('follows causes only so far', () => {
    const loop = new Error('loop')
    loop.cause = loop
    expect(() => describeError(loop)).not.toThrow()
  })
})

function thrownBy(action: () => unknown): unknown {
  try {
    action()
  } catch (error) {
    return error
  }
  throw new Error('nothing was thrown')
}
