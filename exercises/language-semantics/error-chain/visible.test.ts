import { describe, expect, it } from 'vitest'
import { asError, isError, joinErrors, newError, unwrap, wrapError, type GoError } from './solution'

class NotFound implements GoError {
  constructor(readonly id: number) {}
  error(): string {
    return `no row ${this.id}`
  }
}

describe('errors', () => {
  it('have an identity beside their text', () => {
    const eof = newError('EOF')
    expect(eof.error()).toBe('EOF')
    expect(isError(eof, eof)).toBe(true)
    expect(isError(eof, newError('EOF'))).toBe(false)
  })

  it('are found under the context that was added', () => {
    const eof = newError('EOF')
    const outer = wrapError(wrapError(eof, 'read header'), 'open file')
    expect(outer.error()).toBe('open file: read header: EOF')
    expect(isError(outer, eof)).toBe(true)
    expect(unwrap(unwrap(outer))).toBe(eof)
  })

  it('are found by their type', () => {
    const missing = new NotFound(7)
    expect(asError(wrapError(missing, 'load user'), NotFound)).toBe(missing)
    expect(asError(newError('other'), NotFound)).toBe(null)
  })

  it('can be joined', () => {
    const [a, b] = [newError('a'), newError('b')]
    const both = joinErrors(a, null, b)
    expect(both?.error()).toBe('a\nb')
    expect(isError(both, b)).toBe(true)
    expect(joinErrors(null, null)).toBe(null)
  })
})
