import { transformSync } from 'esbuild'
import { afterAll, describe, expect, it } from 'vitest'
import { comparePair } from '@/lib/similarity/pairs'
import { hashesOf, readProgram } from '@/lib/similarity/program'
import { NOTABLE_SHARE } from '@/lib/similarity/settings'
import { listTwiceSolved, seeded } from './support/catalogue-programs'
import { addDeadCode, comment, reformat, rename, reorder, swap, together, untype, type Disguise } from './support/disguises'

const exercises = listTwiceSolved()
const lines: string[] = []
afterAll(() => console.info(['share of fingerprints:      least   5 %   half  95 %  most', ...lines].join('\n')))

function share(starter: string, one: string, other: string): number {
  const given = hashesOf(starter)
  return comparePair(readProgram(one, given), readProgram(other, given), new Set())?.share ?? 0
}

/** Quantiles of what two programs of each exercise share; printed at the end. */
function measure(name: string, shares: number[]): { least: number; low: number; half: number; high: number; most: number } {
  const sorted = [...shares].sort((a, b) => a - b)
  const at = (part: number): number => sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))] ?? NaN
  const figures = { least: at(0), low: at(0.05), half: at(0.5), high: at(0.95), most: at(1) }
  lines.push(name.padEnd(27) + Object.values(figures).map((figure) => figure.toFixed(2).padStart(6)).join(''))
  return figures
}

describe('programs of different authors', () => {
  it('share less than what is worth a look, in every exercise that two have solved', () => {
    expect(exercises.length).toBeGreaterThan(60)
    const { half, high, most } = measure('independent', exercises.map(({ starter, solution, independent }) => share(starter, solution, independent)))
    expect(most).toBeLessThan(NOTABLE_SHARE)
    expect(high).toBeLessThan(0.46)
    expect(half).toBeLessThan(0.28)
  })

  it('share next to nothing when they solve different exercises', () => {
    const shares = exercises.map(({ starter, solution }, index) => {
      return share(starter, solution, exercises[(index + 7) % exercises.length]?.solution ?? '')
    })
    const { most } = measure('another exercise', shares)
    expect(most).toBeLessThan(0.3)
  })
})

const everything = (every: number): Disguise => together(rename, reorder, swap, addDeadCode(every), untype)

describe('a disguised copy', () => {
  const disguises: [name: string, disguise: Disguise, least: number][] = [
    ['reformatted', reformat, 0.99],
    ['commented', comment, 0.99],
    ['renamed', rename, 0.99],
    ['without types', untype, 0.9],
    ['in another order', reorder, 0.65],
    ['statements swapped', swap, 0.65],
    ['dead code, each 8th', addDeadCode(8), 0.75],
    ['dead code, each 4th', addDeadCode(4), 0.6],
    ['renamed, moved, untyped', together(rename, reorder, untype), 0.6],
  ]
  it.each(disguises)('that was %s is found, whatever the exercise', (name, disguise, least) => {
    const figures = measure(name, disguisedShares(disguise))
    expect(figures.least).toBeGreaterThan(least)
    expect(figures.least).toBeGreaterThan(NOTABLE_SHARE)
  })

  it('that was disguised in every way at once is found in most exercises', () => {
    const { half } = measure('all of it, each 8th', disguisedShares(everything(8)))
    expect(half).toBeGreaterThan(NOTABLE_SHARE)
    // Here it ends: half of these stay below what is marked, and are seen only because pairs are sorted.
    expect(measure('all of it, each 4th', disguisedShares(everything(4))).half).toBeGreaterThan(0.5)
  })

  function disguisedShares(disguise: Disguise): number[] {
    return exercises.map(({ starter, solution }, index) => {
      const copy = disguise(solution, seeded(index))
      expect(() => transformSync(copy, { loader: 'ts' })).not.toThrow()
      expect(copy).not.toBe(solution)
      return share(starter, solution, copy)
    })
  }
})
