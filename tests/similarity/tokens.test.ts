import { describe, expect, it } from 'vitest'
import { normalise } from '@/lib/similarity/tokens'
import { stripTypes } from '@/lib/similarity/strip-types'

const texts = (source: string): string => normalise(source).map(({ text }) => text).join(' ')

describe('the tokens that are compared', () => {
  it.each([
    ['comments and layout', 'let a=1//x\n/* y */let b = 2', 'let a = 1\nlet b = 2'],
    ['names', 'const left = right.field', 'const x = y.z'],
    ['private members', 'class A { #seen = 1 }', 'class B { seen = 1 }'],
    ['numbers', 'f(0x10, 1_000, 3n)', 'f(1, 2, 3)'],
    ['texts and their quotes', "f('one', \"two\", `three`)", "f('', '', '')"],
    ['templates and sums', 'f(`a${b}c`)', "f('a' + b + 'c')"],
    ['let, const and var', 'const a = 1; var b = 2', 'let a = 1; let b = 2'],
    ['null and undefined', 'return a === undefined', 'return a == null'],
    ['semicolons and last commas', 'f([1, 2,],);', 'f([1, 2])'],
    ['braces around one statement', 'if (a) { return b }', 'if (a) return b'],
    ['brackets around one parameter', 'f((a) => a)', 'f(a => a)'],
    ['counting up', 'a++', 'a += 1'],
    ['exports', 'export function f() {}', 'function f() {} export'],
  ])('do not tell %s', (_what, one, other) => expect(texts(one)).toBe(texts(other)))

  it.each([
    ['other calls', 'f(a)', 'f(a, b)'],
    ['other operators', 'a + b', 'a - b'],
    ['other statements', 'while (a) b()', 'if (a) b()'],
    ['members named like words of the language', 'a.delete(b)', 'delete a(b)'],
  ])('tell %s', (_what, one, other) => expect(texts(one)).not.toBe(texts(other)))

  it('know their lines, also behind comments and templates of several lines', () => {
    const source = '/*\n*/ let a = `\n\n` +\r\n1'
    expect(normalise(source).map(({ line }) => line)).toEqual([2, 2, 2, 2, 4, 5])
  })

  it.each([
    ['', 0], ['`${', 2], ['let a: (((', 2], ['interface A {', 0], ['a < b < c', 5], ['"unclosed', 1], ['?:!<{', 3], ['}}}])', 2],
  ])('come of any text: %j', (source, count) => expect(normalise(source)).toHaveLength(count))

  it('come soon and without a deep stack of sources made to take long', () => {
    for (const piece of ['a<', ': {', '()=>', 'let a: (', 'x ? ', '<<', 'a extends b ? ', '`${', '[', 'a:{} ', 'interface A ', 'type A = () => ', 'a<{', 'a as A<']) {
      expect(() => normalise(piece.repeat(64 * 1024 / piece.length))).not.toThrow()
    }
  })
})

describe('taking types out', () => {
  it.each([
    ['annotations of variables', 'let a: Map<string, number[]> = b', 'let a = b'],
    ['object types', 'let a: { b: string; c?: () => void } | null = d', 'let a = d'],
    ['parameters', 'function f(a: A, b?: B, ...c: C[]) {}', 'function f(a, b, ...c) {}'],
    ['destructured parameters', 'function f({ a, b: c }: Options = {}) {}', 'function f({ a, b: c } = {}) {}'],
    ['results', 'function f(): Promise<A | B> { return a }', 'function f() { return a }'],
    ['results that are objects', 'const f = (): { a: number } => g()', 'const f = () => g()'],
    ['guards', 'function f(a: unknown): a is string { return b }', 'function f(a) { return b }'],
    ['fields', 'class A { a: B = c; private readonly d?: E; static f: G }', 'class A { a = c; d; static f }'],
    ['type parameters', 'class A<T extends B = C> extends D<T> { m<U>(a: U) {} }', 'class A extends D { m(a) {} }'],
    ['implements', 'class A extends B implements C, D<E> { }', 'class A extends B { }'],
    ['type arguments', 'new Map<string, Set<number>>()', 'new Map()'],
    ['generic arrows', 'const f = <T,>(a: T) => a', 'const f = (a) => a'],
    ['assertions', 'f(a as unknown as B<C>, d satisfies E)', 'f(a, d)'],
    ['as const', 'const a = [1, 2] as const', 'const a = [1, 2]'],
    ['not-null marks', 'a!.b![c]!()', 'a.b[c]()'],
    ['interfaces', 'export interface A<T> extends B { c(d: T): void }\nf()', 'f()'],
    ['aliases', "type A<T> =\n  | { kind: 'a'; b: T }\n  | ((c: T) => void)\n  | `x${string}`\nf()", 'f()'],
    ['conditional types', 'type A<T> = T extends (infer U)[] ? U : never\nf()', 'f()'],
    ['loops', 'for (const a of b as C[]) {}', 'for (const a of b) {}'],
    ['catch', 'try { a() } catch (e: unknown) { b() }', 'try { a() } catch (e) { b() }'],
  ])('finds %s', (_what, typed, plain) => expect(texts(typed)).toBe(texts(plain)))

  it.each([
    ['objects', 'const a = { b: c, d: { e: f }, [g]: h }'],
    ['conditional expressions', 'const a = b ? c : d ? (e) : f'],
    ['conditional expressions among arguments', 'f(a ? b : c, { d: e ? g : h })'],
    ['cases', 'switch (a) { case b: c(); break; default: d() }'],
    ['labels', 'outer: for (;;) break outer'],
    ['comparisons', 'if (a < b && c > d) e()'],
    ['comparisons among arguments', 'f(a < b, c)'],
    ['negation', 'if (!a && !b()) return !c'],
    ['names that are words of types elsewhere', 'const type = a.type; let as = readonly.as; f(type, as)'],
    ['methods of objects', 'return { get(a) { return b }, c: () => ({ d: e }) }'],
  ])('leaves %s', (_what, source) => {
    const tokens = source.match(/\w+|=>|&&|\S/g)?.map((value) => ({ type: /\w/.test(value) ? 'IdentifierName' : 'Punctuator', value, line: 1 })) ?? []
    expect(stripTypes(tokens).map(({ value }) => value)).toEqual(tokens.map(({ value }) => value))
  })
})
