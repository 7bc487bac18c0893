import { expect, it } from 'vitest'
import { LATE_CLASSES } from '@/lib/runtime/membrane/intrinsics'
import { exercise } from './support/exercise'
import { useGrader } from './support/use-grader'

/** Classes that a guest's engine makes only when they are looked at (lib/runtime/membrane/intrinsics.ts). */

const grader = useGrader({ concurrency: 1 })

const judged = (tests: string, source: string) => grader.grade({ exercise: exercise(tests), source, seed: 1 })
const PASSED = { verdict: 'passed', reason: null }

it.each(LATE_CLASSES)('%s of a test and of a solution that names it are the same class', async (name) => {
  const make = name === 'Request' ? `new Request('http://x.test/')` : `new ${name}()`
  const tests = `
    it('crosses as a value', () => expect(solution.theClass()).toBe(${name}))
    it('tells what is one', () => expect(solution.made()).toBeInstanceOf(${name}))
    it('is told what is one', () => expect(solution.isOne(${make})).toBe(true))
  `
  const source = `
    export const theClass = () => ${name}
    export const made = () => ${make}
    export const isOne = (value: unknown) => value instanceof ${name}
  `
  expect(await judged(tests, source)).toMatchObject(PASSED)
})

it('lets a solution that names none of them work with those it is given', async () => {
  const tests = `
    it('reads and changes', async () => {
      const headers = new Headers({ 'x-id': '7' })
      expect(solution.tag(headers)).toBe('7')
      expect(headers.get('x-seen')).toBe('yes')
      expect(await solution.textOf(new Response('hello'))).toBe('hello')
      expect(solution.methodOf(new Request('http://x.test/', { method: 'PUT' }))).toBe('PUT')
      expect(solution.make(Headers)).toBeInstanceOf(Headers)
    })
  `
  const source = `
    export const tag = (named: any) => { named.set('x-seen', 'yes'); return named.get('x-id') }
    export const textOf = (answer: any) => answer.text()
    export const methodOf = (asked: any) => asked.method
    export const make = (of: any) => new of()
  `
  expect(await judged(tests, source)).toMatchObject(PASSED)
})

it('gives what a driver makes of them to its test', async () => {
  const tests = `
    it('comes back', () => {
      expect(inGuest((solution: { one: number }) => new Headers({ 'x-id': String(solution.one) }))).toBeInstanceOf(Headers)
    })
  `
  expect(await judged(tests, 'export const one = 1')).toMatchObject(PASSED)
})
