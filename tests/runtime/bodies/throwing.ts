import { describe, expect, it } from 'vitest'

class Trouble extends Error {
  override readonly name = 'Trouble'
  constructor(
    message: string,
    readonly code = 1,
  ) {
    super(message)
  }
}
const trouble = (): never => {
  throw new Trouble('bad thing')
}
const nothing = (): void => undefined

describe('toThrow', () => {
  it('holds for any error', () => expect(trouble).toThrow())
  it('fails when nothing is thrown', () => expect(nothing).toThrow())
  it('not fails when something is thrown', () => expect(trouble).not.toThrow())
  it('not holds when nothing is thrown', () => expect(nothing).not.toThrow())
  it('compares a text', () => expect(trouble).toThrow('bad'))
  it('fails on another text', () => expect(trouble).toThrow('good'))
  it('takes an empty text to the letter', () => expect(trouble).toThrow(''))
  it('compares a pattern', () => expect(trouble).toThrowError(/thing$/))
  it('fails on another pattern', () => expect(trouble).toThrowError(/^thing/))
  it('not with another pattern holds', () => expect(trouble).not.toThrow(/^thing/))
  it('not with this pattern fails', () => expect(trouble).not.toThrow(/thing/))
  it('fails on a text when nothing is thrown', () => expect(nothing).toThrow('bad'))
  it('compares a class', () => expect(trouble).toThrow(Trouble))
  it('fails on another class', () => expect(trouble).toThrow(TypeError))
  it('fails on a class when nothing is thrown', () => expect(nothing).toThrow(Trouble))
  it('not with a class holds when nothing is thrown', () => expect(nothing).not.toThrow(Trouble))
  it('compares an error', () => expect(trouble).toThrow(new Trouble('bad thing')))
  it('fails on an error with another message', () => expect(trouble).toThrow(new Trouble('good thing')))
  it('fails on an error with other members', () => expect(trouble).toThrow(new Trouble('bad thing', 2)))
  it('takes an asymmetric matcher', () => expect(trouble).toThrow(expect.objectContaining({ code: 1 })))
  it('fails on an asymmetric matcher', () => expect(trouble).toThrow(expect.objectContaining({ code: 3 })))
  it('compares a text that was thrown', () => expect(() => { throw 'bad text' }).toThrow('bad'))
  it('takes undefined as thrown', () => expect(() => { throw undefined }).toThrow())
  it('fails on no function', () => expect(5).toThrow())
  it('not fails on no function', () => expect(5).not.toThrow())
  it('fails on an error without message', () => expect(() => { throw {} }).toThrow('x'))
})

describe('promises', () => {
  it('resolves holds', async () => { await expect(Promise.resolve(1)).resolves.toBe(1) })
  it('resolves fails on the value', async () => { await expect(Promise.resolve(1)).resolves.toBe(2) })
  it('resolves fails on a rejection', async () => { await expect(Promise.reject(new Error('no'))).resolves.toBe(1) })
  it('rejects holds', async () => { await expect(Promise.reject(new Trouble('bad'))).rejects.toThrow('bad') })
  it('rejects takes a function', async () => { await expect(async () => trouble()).rejects.toBeInstanceOf(Trouble) })
  it('rejects fails on a value', async () => { await expect(Promise.resolve(1)).rejects.toThrow() })
  it('rejects fails on another class', async () => { await expect(Promise.reject(new Error('a'))).rejects.toThrow(Trouble) })
  it('rejects.not holds', async () => { await expect(Promise.reject(new Error('a'))).rejects.not.toThrow(Trouble) })
  it('rejects.toMatchObject', async () => { await expect(Promise.reject(new Trouble('bad', 4))).rejects.toMatchObject({ code: 4 }) })
  it('resolves.not.toThrow holds', async () => { await expect(Promise.resolve(1)).resolves.not.toThrow() })
  it('resolves.toThrow fails', async () => { await expect(Promise.resolve(1)).resolves.toThrow() })
  it('resolves fails on no promise', async () => { await expect(1).resolves.toBe(1) })
  it('an assertion that nobody awaits still counts', () => { void expect(Promise.resolve(1)).resolves.toBe(2) })
})

describe('what a test throws', () => {
  it('an error', () => { throw new Trouble('plain') })
  it('a text', () => { throw 'text' })
  it('null', () => { throw null })
  it('several errors', () => { throw new AggregateError([new Error('a'), new Error('b')]) })
  it('a rejection', async () => { await Promise.reject(new Error('late')) })
})
