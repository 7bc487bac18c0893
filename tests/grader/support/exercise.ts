import { DEFAULT_LIMITS } from '@/lib/contract/exercise'
import type { GradableExercise } from '@/lib/grader'

/** An exercise with these hidden tests, after the usual imports of everything from `./solution`. */
export function exercise(body: string, rest: Partial<GradableExercise> = {}): GradableExercise {
  return {
    slug: 'sample',
    version: 'sample-1',
    hiddenTests: `import { describe, expect, it, test, vi } from 'vitest'\nimport { inGuest, random } from 'handroll'\n`
      + `import * as solution from './solution'\n${body}\n`,
    groups: {},
    limits: DEFAULT_LIMITS,
    wrong: {},
    misconceptions: [],
    ...rest,
  }
}

/** The functions of the sample exercise, as an honest learner writes them. */
const HONEST = {
  add: 'export function add(a: number, b: number): number { return a + b }',
  range: 'export function range(n: number): number[] { return Array.from({ length: n }, (_, i) => i) }',
  twice: 'export async function twice(x: number): Promise<number> { return x * 2 }',
  refuse: 'export function refuse(why: string): never { throw new RangeError(why) }',
}

/** Four groups of five points, in this order. */
export const SAMPLE = exercise(`
  describe('sums', () => {
    it('adds two numbers', () => {
      const [a, b] = [random.int(1, 1e6), random.int(1, 1e6)]
      expect(solution.add(a, b)).toBe(a + b)
    })
    it('adds a negative number', () => expect(solution.add(5, -8)).toEqual(-3))
  })
  describe('lists', () => {
    it('counts from zero', () => expect(solution.range(4)).toEqual([0, 1, 2, 3]))
    it('is empty for zero', () => expect(solution.range(0)).toStrictEqual([]))
  })
  describe('promises', () => {
    it('doubles a number later', async () => {
      await expect(solution.twice(21)).resolves.toBe(42)
      expect(await solution.twice(-4)).toBe(-8)
    })
  })
  describe('errors', () => {
    it('refuses with a range error', () => expect(() => solution.refuse('too far')).toThrow(RangeError))
    it('says why', () => expect(() => solution.refuse('too far')).toThrow('too far'))
  })
`, {
  groups: { sums: { points: 5 }, lists: { points: 5 }, promises: { points: 5 }, errors: { points: 5 } },
  exports: ['add', 'range', 'twice', 'refuse'],
})

/** A solution of the sample exercise: honest but for the functions that are given, and what comes before them. */
export function sampleSolution(parts: Partial<typeof HONEST> = {}, before = ''): string {
  return [before, ...Object.values({ ...HONEST, ...parts })].join('\n')
}
