import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import { asError, type GoError, isError, joinErrors, newError, unwrap, wrapError } from './solution'

/** An error of the tests, with any causes. */
class Coded implements GoError {
  readonly code: number
  readonly #cause: GoError | readonly GoError[] | null
  constructor(code: number, cause: GoError | readonly GoError[] | null = null) {
    this.code = code
    this.#cause = cause
  }
  error(): string {
    return `code ${this.code}`
  }
  unwrap(): GoError | readonly GoError[] | null {
    return this.#cause
  }
}

class Timeout implements GoError {
  error(): string {
    return 'timeout'
  }
}

/** Writes down when it is asked, and counts as equal to the errors it is given. */
class Asked implements GoError {
  readonly #name: string
  readonly #log: string[]
  readonly #equals: readonly GoError[]
  readonly #causes: readonly GoError[]
  constructor(name: string, log: string[], equals: readonly GoError[] = [], causes: readonly GoError[] = []) {
    this.#name = name
    this.#log = log
    this.#equals = equals
    this.#causes = causes
  }
  error(): string {
    return this.#name
  }
  unwrap(): readonly GoError[] {
    return this.#causes
  }
  is(target: GoError): boolean {
    this.#log.push(this.#name)
    return this.#equals.includes(target)
  }
}

/** Wraps an error some times. */
function deep(err: GoError, times: number): GoError {
  return times === 0 ? err : wrapError(deep(err, times - 1), `step ${times}`)
}

describe('New and wrap', () => {
  it('an error has the text it was made with', () => {
    for (const text of ['', 'EOF', '磁盘已满', `number ${random.int(0, 999)}`]) expect(newError(text).error()).toBe(text)
  })

  it('two errors with the same text are different', () => {
    const [a, b] = [newError('same'), newError('same')]
    expect(isError(a, b)).toBe(false)
    expect(isError(wrapError(a, 'x'), b)).toBe(false)
    expect(isError(a, a)).toBe(true)
  })

  it('wrapping puts context before the text', () => {
    const times = random.int(2, 5)
    const steps = Array.from({ length: times }, (_, i) => `step ${times - i}: `).join('')
    expect(deep(newError('cause'), times).error()).toBe(`${steps}cause`)
    expect(wrapError(new Coded(5), '').error()).toBe(': code 5')
  })

  it('unwrapping gives the cause itself', () => {
    const cause = new Coded(1)
    expect(unwrap(wrapError(cause, 'context'))).toBe(cause)
    expect(unwrap(new Coded(2, cause))).toBe(cause)
  })

  it('nothing comes out of an error without a cause', () => {
    expect(unwrap(null)).toBe(null)
    expect(unwrap(newError('alone'))).toBe(null)
    expect(unwrap(new Timeout())).toBe(null)
    expect(unwrap(new Coded(1))).toBe(null)
  })
})

describe('Is', () => {
  it('finds an error at any depth of a chain', () => {
    const cause = newError('cause')
    for (const times of [1, 2, random.int(3, 12)]) expect(isError(deep(cause, times), cause)).toBe(true)
    const inner = deep(cause, 2)
    expect(isError(wrapError(inner, 'x'), inner)).toBe(true)
    expect(isError(inner, wrapError(inner, 'x'))).toBe(false)
    expect(isError(new Coded(1, new Coded(2, cause)), cause)).toBe(true)
  })

  it('tells no error from an error', () => {
    const err = newError('some')
    expect([isError(null, null), isError(err, null), isError(null, err)]).toEqual([true, false, false])
  })

  it('no error is none, not even one that counts as equal to all others', () => {
    const anything: GoError = { error: () => 'anything', is: () => true }
    expect(isError(anything, newError('some'))).toBe(true)
    for (const err of [anything, wrapError(anything, 'x')]) expect(isError(err, null)).toBe(false)
    expect(isError(null, anything)).toBe(false)
  })

  it('lets an error count as equal to others, at any depth', () => {
    const target = newError('any timeout')
    const tolerant = new Asked('tolerant', [], [target])
    expect(isError(tolerant, target)).toBe(true)
    expect(isError(deep(tolerant, random.int(1, 5)), target)).toBe(true)
    expect(isError(tolerant, newError('any timeout'))).toBe(false)
  })

  it('asks the errors of the chain, not the target', () => {
    const log: string[] = []
    const err = newError('plain')
    expect(isError(err, new Asked('target', log, [err]))).toBe(false)
    expect(log).toEqual([])
  })

  it('goes on below an error that does not count as equal', () => {
    const target = newError('target')
    expect(isError(new Asked('a', [], [], [target]), target)).toBe(true)
  })

  it('stops at the first hit', () => {
    const log: string[] = []
    const target = newError('target')
    const last = new Asked('last', log)
    expect(isError(new Asked('first', log, [target], [last]), target)).toBe(true)
    expect(log).toEqual(['first'])
  })

  it('follows a chain of forty thousand links', () => {
    const found = inGuest((solution: typeof import('./solution'), links: number) => {
      const cause = solution.newError('cause')
      let err = cause
      for (let i = 0; i < links; i++) err = solution.wrapError(err, 'x')
      return [solution.isError(err, cause), solution.isError(err, solution.newError('cause'))]
    }, 40_000)
    expect(found).toEqual([true, false])
  })
})

describe('As', () => {
  it('finds an error of the type at any depth', () => {
    const coded = new Coded(random.int(1, 99))
    expect(asError(coded, Coded)).toBe(coded)
    expect(asError(deep(coded, random.int(1, 6)), Coded)).toBe(coded)
  })

  it('gives the outermost of several', () => {
    const outer = new Coded(1, wrapError(new Coded(2, new Coded(3)), 'between'))
    expect(asError(outer, Coded)).toBe(outer)
    expect(asError(wrapError(outer, 'around'), Coded)).toBe(outer)
  })

  it('gives null if there is none', () => {
    expect(asError(null, Coded)).toBe(null)
    expect(asError(deep(new Coded(1), 2), Timeout)).toBe(null)
    expect(asError(newError('plain'), Coded)).toBe(null)
  })

  it('finds nothing in no error, whatever the type takes for its instances', () => {
    const found = inGuest((solution: typeof import('./solution')) => {
      class Anything {
        static [Symbol.hasInstance](): boolean {
          return true
        }
        error(): string {
          return 'anything'
        }
      }
      return solution.asError(null, Anything)
    })
    expect(found).toBe(null)
  })

})

describe('Join', () => {
  it('joins the texts by line feeds, in order', () => {
    const texts = random.shuffle(['disk full', 'timeout', '断开', 'x: y'])
    expect(joinErrors(...texts.map(newError))?.error()).toBe(texts.join('\n'))
    expect(wrapError(joinErrors(newError('a'), newError('b')) ?? newError(''), 'both').error()).toBe('both: a\nb')
  })

  it('drops what is no error', () => {
    const [a, b] = [newError('a'), newError('b')]
    const joined = joinErrors(null, a, null, b, null)
    expect(joined?.error()).toBe('a\nb')
    expect([isError(joined, a), isError(joined, b), isError(joined, newError('c'))]).toEqual([true, true, false])
    expect([joinErrors(), joinErrors(null), joinErrors(null, null)]).toEqual([null, null, null])
  })

  it('has no single cause, however many there are', () => {
    expect(unwrap(joinErrors(newError('a'), newError('b')))).toBe(null)
    expect(unwrap(joinErrors(newError('a')))).toBe(null)
    expect(unwrap(new Coded(1, [newError('a')]))).toBe(null)
  })

  it('makes a new error of a single one', () => {
    const one = newError('one')
    const joined = joinErrors(one)
    expect(joined).not.toBe(one)
    expect(joined?.error()).toBe('one')
    expect(isError(joined, one)).toBe(true)
  })

  it('finds errors in every branch, however they are nested', () => {
    const leaves = Array.from({ length: 6 }, (_, i) => new Coded(i))
    const [a, b, c, d, e, f] = leaves as [Coded, Coded, Coded, Coded, Coded, Coded]
    const tree = joinErrors(deep(a, 2), joinErrors(b, wrapError(joinErrors(c, d) ?? a, 'mid')), new Coded(9, [e, f]))
    for (const leaf of leaves) expect(isError(tree, leaf)).toBe(true)
    expect(isError(tree, new Coded(0))).toBe(false)
    const late = new Timeout()
    expect(asError(joinErrors(newError('x'), tree, wrapError(late, 'y')), Timeout)).toBe(late)
  })

  it('visits all of a branch before the next one', () => {
    const log: string[] = []
    const leaf = (name: string) => new Asked(name, log)
    const node = (name: string, ...causes: GoError[]) => new Asked(name, log, [], causes)
    const tree = node('1', node('2', leaf('3'), leaf('4')), node('5', node('6', leaf('7'))), leaf('8'))
    expect(isError(tree, newError('nowhere'))).toBe(false)
    expect(log).toEqual(['1', '2', '3', '4', '5', '6', '7', '8'])
    const [low, high] = [new Coded(1), new Coded(2)]
    expect(asError(joinErrors(deep(low, 3), high), Coded)).toBe(low)
  })
})
