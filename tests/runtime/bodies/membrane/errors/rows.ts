import { describe, expect, it } from 'vitest'
import * as solution from './solution'
import { Gone, NotFound } from './solution'

class Mine extends Error {
  override readonly name: string = 'Mine'
  readonly code = 7
  get hint(): string {
    return `code ${this.code}`
  }
  describe(): string {
    return `described ${this.message}`
  }
}
class Narrow extends Mine {}
class Typed extends TypeError {}
const raise = (error: unknown) => (): never => {
  throw error
}
/** What `act` throws. */
const caught = (act: () => unknown): Error & Record<string, unknown> => {
  try {
    act()
  } catch (error) {
    return error as Error & Record<string, unknown>
  }
  throw new Error('nothing was thrown')
}

describe('errors of the solution', () => {
  it('have class, chain and members', () => {
    const error = caught(solution.notFound)
    expect([error instanceof NotFound, error instanceof Error, error instanceof Gone]).toEqual([true, true, false])
    expect([error.name, error.message, error.key, error.status]).toEqual(['NotFound', 'no x', 'x', 404])
    expect((error as unknown as NotFound).describe()).toBe('NotFound x')
    expect(String(error)).toBe('NotFound: no x')
  })
  it('inherit and override', () => {
    const error = caught(solution.gone)
    expect([error instanceof Gone, error instanceof NotFound, error.status]).toEqual([true, true, 410])
    expect((error as unknown as Gone).describe()).toBe('Gone y')
    expect(error.constructor).toBe(Gone)
  })
  it('of a class that is not exported are errors all the same', () => {
    const error = caught(solution.unexported)
    expect([error instanceof Error, error.hint, error.code]).toEqual([true, 'code 7', 7])
    expect([String(error), error.constructor.name]).toEqual(['Error: hidden class', 'Unexported'])
  })
  it('of a class that is not exported are told by toThrow', () => expect(solution.unexported).toThrow(Error))
  it('of a class that is not exported fails another class', () => expect(solution.unexported).toThrow(TypeError))
  it('keep an error as cause', () => {
    const { cause } = caught(solution.withCause)
    expect(cause).toBeInstanceOf(RangeError)
    expect(cause).toMatchObject({ message: 'deep' })
  })
  it('keep data as cause', () => expect(caught(solution.withPlainCause).cause).toEqual({ code: 1, list: [1, 2] }))
  it('keep a chain of causes', () => {
    const error = solution.chained() as { cause: { cause: NotFound } }
    expect(error.cause.cause).toBeInstanceOf(NotFound)
    expect(error.cause.cause.key).toBe('3')
  })
  it('come several at once', () => {
    const error = caught(solution.aggregate) as unknown as AggregateError
    expect(error).toBeInstanceOf(AggregateError)
    expect(error.errors.map((each) => (each as Error).message)).toEqual(['a', 'no b'])
    expect(error.errors[1]).toBeInstanceOf(NotFound)
  })
  it('have members of their own', () => expect(caught(solution.withMembers)).toMatchObject({ code: 'E1', list: [1] }))
  it('have no members among their keys but those', () => expect(Object.keys(caught(solution.withMembers))).toEqual(['code', 'list']))
  it('have a stack', () => expect(caught(solution.notFound).stack).toEqual(expect.any(String)))
  it('are values too', () => {
    const error = solution.makeError()
    expect(error).toBeInstanceOf(NotFound)
    expect(solution.describe(error)).toBe('NotFound: no made')
    expect(caught(() => solution.rethrow(raise(error)))).toBe(error)
  })
  it('come from statics', () => expect(NotFound.of('s').key).toBe('s'))
  it('may be a text', () => expect(caught(solution.aText)).toBe('just text'))
  it('may be zero', () => expect(caught(solution.aNumber)).toBe(0))
  it('may be nothing', () => expect([caught(solution.nothing), caught(solution.aNull)]).toEqual([undefined, null]))
  it('may be a plain object', () => expect(caught(solution.aPlainObject)).toEqual({ message: 'plain', code: 2 }))
  it('may be a DOMException', () => {
    const error = caught(solution.aDomException)
    expect(error).toBeInstanceOf(DOMException)
    expect([error.name, error.message]).toEqual(['AbortError', 'stopped'])
  })
  it('end a recursion', () => expect(solution.recursive).toThrow(RangeError))
  it('are made by the test of their class', () => {
    const error = new NotFound('mine')
    expect([error instanceof NotFound, error.message, error.status]).toEqual([true, 'no mine', 404])
    expect(solution.isInstance(raise(error), NotFound as never)).toBe(true)
  })
  it('are equal by message and members', () => expect(new NotFound('a')).toEqual(new NotFound('a')))
  it('fails to equal another message', () => expect(new NotFound('a')).toEqual(new NotFound('b')))
})

describe('errors of the test in the solution', () => {
  it('of a class of the test are errors there', () => {
    expect(solution.look(raise(new Mine('boom')))).toEqual({
      isError: true, isType: false, text: 'Mine: boom', name: 'Mine', message: 'boom', code: 7, hint: 'code 7',
      described: 'described boom', constructorName: 'Mine', hasStack: true, brand: '[object Error]', cause: undefined,
    })
  })
  it('of a derived class are, too', () => {
    const seen = solution.look(raise(new Narrow('deep')))
    expect(seen).toMatchObject({ isError: true, hint: 'code 7', described: 'described deep', constructorName: 'Narrow' })
  })
  it('of a class derived from TypeError are TypeErrors there', () => {
    expect(solution.look(raise(new Typed('typed')))).toMatchObject({ isError: true, isType: true, text: 'TypeError: typed' })
  })
  it('built in are what they are', () => {
    expect(solution.look(raise(new TypeError('t')))).toMatchObject({ isError: true, isType: true, text: 'TypeError: t' })
  })
  it('bring their cause', () => {
    expect(solution.look(raise(new Error('o', { cause: new Mine('i') })))).toMatchObject({ cause: 'Mine: i' })
  })
  it('come out of a rejected promise', async () => {
    const seen = await solution.lookLater(() => Promise.reject(new Mine('late')))
    expect(seen).toMatchObject({ isError: true, text: 'Mine: late', code: 7 })
  })
  it('come out of an async function', async () => {
    const seen = await solution.lookLater(async () => { throw new Narrow('later') })
    expect(seen).toMatchObject({ isError: true, text: 'Mine: later', constructorName: 'Narrow' })
  })
  it('answer instanceof with their class', () => {
    expect([Mine, Narrow, Typed].map((Class) => solution.isInstance(raise(new Narrow('n')), Class))).toEqual([true, true, false])
  })
  it('come back as themselves', () => {
    const mine = new Mine('same')
    expect(caught(() => solution.rethrow(raise(mine)))).toBe(mine)
  })
  it('come back as a cause', () => {
    const mine = new Mine('inner')
    const error = caught(() => solution.wrap(raise(mine)))
    expect(error).toBeInstanceOf(NotFound)
    expect(error.cause).toBe(mine)
  })
  it('are swallowed', () => expect(solution.swallow(raise(new Mine('x')))).toBe('swallowed'))
  it('may be a text', () => expect(caught(() => solution.rethrow(raise('text')))).toBe('text'))
})

describe('toThrow', () => {
  it('any', () => expect(solution.notFound).toThrow())
  it('by part of the message', () => expect(solution.notFound).toThrow('no'))
  it('by pattern', () => expect(solution.lines).toThrow(/^first line\nsecond line$/))
  it('by class', () => expect(solution.notFound).toThrow(NotFound))
  it('by the class above', () => expect(solution.gone).toThrow(NotFound))
  it('by Error', () => expect(solution.gone).toThrow(Error))
  it('by an error', () => expect(solution.notFound).toThrow(new NotFound('x')))
  it('by an asymmetric matcher', () => expect(solution.notFound).toThrow(expect.objectContaining({ key: 'x' })))
  it('by an asymmetric matcher on a getter', () => expect(solution.gone).toThrow(expect.objectContaining({ status: 410 })))
  it('by a class as matcher', () => expect(solution.notFound).toThrow(expect.any(NotFound)))
  it('an empty message', () => expect(solution.emptyMessage).toThrow(''))
  it('a text that was thrown', () => expect(solution.aText).toThrow('just'))
  it('an undefined that was thrown', () => expect(solution.nothing).toThrow())
  it('a message of a plain object', () => expect(solution.aPlainObject).toThrow('plain'))
  it('not', () => expect(solution.fine).not.toThrow())
  it('not with another class', () => expect(solution.notFound).not.toThrow(Gone))
  it('not with another message', () => expect(solution.notFound).not.toThrow('yes'))
  it('fails when nothing is thrown', () => expect(solution.fine).toThrow())
  it('fails with not', () => expect(solution.notFound).not.toThrow())
  it('fails with not and the class', () => expect(solution.notFound).not.toThrow(NotFound))
  it('fails on the class below', () => expect(solution.notFound).toThrow(Gone))
  it('fails on another pattern', () => expect(solution.notFound).toThrow(/yes/))
  it('fails on another text', () => expect(solution.notFound).toThrow('yes'))
  it('fails on an error with another message', () => expect(solution.notFound).toThrow(new NotFound('other')))
  it('fails on a text with a class', () => expect(solution.aText).toThrow(Error))
})

describe('rejections', () => {
  it('by class', async () => { await expect(solution.later()).rejects.toThrow(NotFound) })
  it('by message', async () => { await expect(solution.later()).rejects.toThrow('no x') })
  it('by members', async () => { await expect(solution.later()).rejects.toMatchObject({ key: 'x', status: 404 }) })
  it('by instance', async () => { await expect(solution.later()).rejects.toBeInstanceOf(NotFound) })
  it('by function', async () => { await expect(() => solution.later()).rejects.toThrow(Error) })
  it('with a text', async () => { await expect(solution.laterText()).rejects.toBe('late text') })
  it('not with another class', async () => { await expect(solution.later()).rejects.not.toThrow(TypeError) })
  it('fails on another class', async () => { await expect(solution.later()).rejects.toThrow(TypeError) })
  it('fails as resolved', async () => { await expect(solution.later()).resolves.toBe(1) })
  it('are caught', async () => { expect(await solution.later().catch((error: NotFound) => error.key)).toBe('x') })
  it('are settled', async () => {
    const [first, second] = await Promise.allSettled([solution.later(), Promise.resolve(1)])
    expect(first).toMatchObject({ status: 'rejected', reason: { key: 'x' } })
    expect(second).toEqual({ status: 'fulfilled', value: 1 })
  })
})
