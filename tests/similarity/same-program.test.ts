import { transformSync } from 'esbuild'
import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'
import { canonicalTokens, identifyProgram } from '@/lib/similarity/same-program'
import { comment, reformat } from './support/disguises'

const tokens = (source: string): string => canonicalTokens(source).join(' ')

/** Every exercise with its solution and programs that are wrong in one thing. */
const exercises = readdirSync('exercises', { withFileTypes: true }).filter((topic) => topic.isDirectory()).flatMap((topic) => {
  const folder = path.join('exercises', topic.name)
  const slugs = readdirSync(folder, { withFileTypes: true }).filter((each) => each.isDirectory() && each.name !== 'figures')
  return slugs.map(({ name: slug }) => {
    const read = (file: string): string => readFileSync(path.join(folder, slug, file), 'utf8')
    return { slug, solution: read('solution.ts'), wrong: readdirSync(path.join(folder, slug, 'wrong')).map((file) => read(`wrong/${file}`)) }
  })
})

/** The solutions that a change of them makes another program. */
function changedBy(change: (source: string) => string): string[] {
  return exercises.filter(({ solution }) => {
    const changed = change(solution)
    expect(changed).not.toBe(solution)
    return identifyProgram(changed).hash !== identifyProgram(solution).hash
  }).map(({ slug }) => slug)
}

const byCompiler = (source: string, minifyIdentifiers = false): string =>
  transformSync(source, { loader: 'ts', target: 'esnext', minifyIdentifiers }).code

describe('the same program', () => {
  it.each([
    ['comments and layout', 'let a=1//x\n/* y */let b = 2', 'let a = 1\nlet b = 2'],
    ['semicolons', 'a()\nreturn b\n', 'a();\n  return b;'],
    ['semicolons of classes', 'class A { #b = 1\n c = 2\n d() {} }', 'class A { #b = 1; c = 2; d() {}; }'],
    ['quotes', `f("it's", 'a "word"')`, `f('it\\'s', "a \\"word\\"")`],
    ['last commas', 'f([1, 2,], { a: 1, },)', 'f([1, 2], { a: 1 })'],
    ['types', 'const a: Map<string, number> = new Map<string, number>()', 'const a = new Map()'],
    ['exported types', 'export interface A { b: C }\nclass D {}', 'class D {}'],
    ['names of variables', 'const left = right.field', 'const x = y.field'],
    ['names of parameters', 'export function f(one, two) { return one - two }', 'export function f(a, b) { return a - b }'],
    ['a name that two functions use, or two names', 'f((a) => a, (a) => a)', 'f((a) => a, (b) => b)'],
    ['a name that two methods use, or two names', 'class A { f(a) { a() }\n g(a) { a() } }', 'class A { f(a) { a() }\n g(b) { b() } }'],
    ['a name that two loops use, or two names', 'for (const a of b) c(a)\nfor (const a of b) d(a)', 'for (const a of b) c(a)\nfor (const e of b) d(e)'],
    ['names of functions and classes', 'class A {}\nfunction b() { return new A() }', 'class C {}\nfunction d() { return new C() }'],
    ['names of private members', 'class A { #b = 1; c() { return this.#b } }', 'class A { #d = 1; c() { return this.#d } }'],
    ['names that an object spells', 'const a = 1; f({ a, b: 2 })', 'const c = 1; f({ a: c, b: 2 })'],
    ['names that a pattern spells', 'const { a, b = 1 } = c; f(a)', 'const { a: d, b: e = 1 } = c; f(d)'],
    ['brackets around one parameter', 'f((a) => a)', 'f(a => a)'],
    ['separators of numbers', 'f(1_000, 0XFF)', 'f(1000, 0xff)'],
    ['words that are names elsewhere', 'let set = 0; f(set, from)', 'let a = 0; f(a, b)'],
    ['modifiers', 'class A { private readonly b = 1; public c() {} }', 'class A { b = 1; c() {} }'],
  ])('may have other %s', (_what, one, other) => expect(tokens(one)).toBe(tokens(other)))

  it('is each solution of the catalogue in another layout', () => {
    // Four spaces at the beginning of a line are part of a text there.
    expect(changedBy((source) => reformat(source, Math.random))).toEqual(['flag-parser'])
    expect(changedBy((source) => comment(source, Math.random))).toEqual([])
  })

  it('is each solution of the catalogue without its types, but for what says more than a type', () => {
    const isMore = /constructor\([^)]*(?:private|public|readonly)|\(\[.*\] as const\)|\(this\.#\w+\[\w+\] as /s
    const changed = changedBy((source) => ts.transpile(source, { target: ts.ScriptTarget.ESNext, removeComments: true }))
    expect(changed.filter((slug) => !isMore.test(exercises.find((each) => each.slug === slug)?.solution ?? ''))).toEqual([])
    expect(changed.length).toBeLessThan(10)
  })

  it('is each solution of the catalogue with the names that a compiler gives, scope by scope', () => {
    const changed = exercises.filter(({ solution }) => {
      return identifyProgram(byCompiler(solution)).hash !== identifyProgram(byCompiler(solution, true)).hash
    })
    // A function in the head of a loop, whose parameter has the name of a variable behind that head.
    expect(changed.map(({ slug }) => slug)).toEqual(['consumer-group'])
  })

  it('has a length in tokens, whatever it looks like', () => {
    const { length } = identifyProgram('export function f(a: number): number { return a + 1; } // adds')
    expect(length).toBe('function f ( a ) { return a + 1 }'.split(' ').length)
    for (const { solution } of exercises) {
      expect(identifyProgram(comment(solution, Math.random)).length).toBe(identifyProgram(solution).length)
    }
  })
})

describe('another program', () => {
  it.each([
    ['other numbers', 'f(1)', 'f(2)'],
    ['other texts', "f('a')", "f('b')"],
    ['other operators', 'a < b', 'a <= b'],
    ['other members', 'a.push(b)', 'a.unshift(b)'],
    ['variables changed round', 'export const f = (a, b) => a - b', 'export const f = (a, b) => b - a'],
    ['one variable for two', '(a, b) => a + b', '(a, b) => a + a'],
    ['an outer variable for an inner one', 'let a = 1; f((b) => a)', 'let a = 1; f((b) => b)'],
    ['names of an object changed round', '(a, b) => ({ a, b })', '(b, a) => ({ a, b })'],
    ['names of a pattern changed round', '({ a, b }) => a - b', '({ b, a }) => a - b'],
    ['exports changed round', 'export function a() { b() } export function b() {}', 'export function b() { a() } export function a() {}'],
    ['what is of the host', 'setTimeout(f)', 'queueMicrotask(f)'],
    ['fields that parameters declare', 'class A { constructor(private a, private b) {} }', 'class A { constructor(private b, private a) {} }'],
    ['members of an enum changed round', 'enum A { B, C } f(A.B)', 'enum A { C, B } f(A.B)'],
    ['a statement behind a condition', 'if (a) b()', 'if (a); b()'],
    ['braces around two statements', 'if (a) { b(); c() }', 'if (a) b(); c()'],
    ['a result on the next line', 'return a', 'return\na'],
    ['a call on the next line', 'a\n(b)', 'a;\n(b)'],
    ['counting before and behind', 'a\n++b', 'a++\nb'],
    ['holes of a list', '[1,,]', '[1]'],
    ['let and var', 'let a', 'var a'],
  ])('has %s', (_what, one, other) => expect(tokens(one)).not.toBe(tokens(other)))

  it('is every wrong program of the catalogue, and every one of them by itself', () => {
    let compared = 0
    for (const { slug, solution, wrong } of exercises) {
      const hashes = [solution, ...wrong].map((source) => identifyProgram(source).hash)
      expect(new Set(hashes).size, slug).toBe(hashes.length)
      compared += wrong.length
    }
    expect(compared).toBeGreaterThan(800)
  })
})

describe('any text', () => {
  it.each(['', '`${', 'let a: (((', '}}}])', '"unclosed', '=>', '((a) =>', 'export', 'class {', '#', '{ get', 'do while ('])(
    'is a program: %j', (source) => expect(identifyProgram(source).hash).toMatch(/^[0-9a-f]{64}$/),
  )

  it('is read in steps that grow with its length, also when it was made to take long', () => {
    for (const piece of ['export ', 'x=>', '()=>', '{x;', 'for(x of', '(x)=>{', 'x ? ', 'do ', 'a\n', 'x.#y ']) {
      expect(() => identifyProgram(piece.repeat(64 * 1024 / piece.length))).not.toThrow()
    }
  })
})
