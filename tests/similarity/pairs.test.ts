import { describe, expect, it } from 'vitest'
import { comparePair, comparePrograms } from '@/lib/similarity/pairs'
import { hashesOf, readProgram } from '@/lib/similarity/program'
import { matchedRegions } from '@/lib/similarity/regions'
import { listTwiceSolved, seeded } from './support/catalogue-programs'
import { rename, reorder, together } from './support/disguises'

const all = listTwiceSolved()
const sources = all.map(({ solution }) => solution)
const [first = '', second = '', third = ''] = sources
const NOTHING = hashesOf('')
const read = (source: string) => readProgram(source, NOTHING)
const copyOf = (source: string) => together(rename, reorder)(source, seeded(1))

describe('comparing a class', () => {
  it('puts the pair of a copy first, with both of its programs', async () => {
    const { pairs, compared } = await comparePrograms([first, second, third, copyOf(second)].map(read))
    expect(pairs[0]).toMatchObject({ one: 1, other: 3 })
    expect(pairs[0]?.share).toBeGreaterThan(0.7)
    expect(pairs[1]?.share ?? 0).toBeLessThan(0.3)
    expect(compared).toBe(6)
  })

  it('finds a program that is part of a longer one', async () => {
    const { pairs } = await comparePrograms([first, `${second}\n${first}`].map(read))
    expect(pairs[0]?.share).toBeGreaterThan(0.95)
  })

  it('leaves out what the starter gave', async () => {
    const given = hashesOf(first)
    const own = (source: string) => readProgram(`${first}\n${source}`, given)
    const { pairs } = await comparePrograms([own(second), own(third)])
    expect(pairs[0]?.share ?? 0).toBeLessThan(0.3)
  })

  it('leaves out what most of the class has, once the class is large enough to tell', async () => {
    const shared = (source: string) => read(`${first}\n${source}`)
    const small = await comparePrograms(sources.slice(1, 10).map(shared))
    expect(small.pairs[0]?.share).toBeGreaterThan(0.3)
    const large = await comparePrograms(sources.slice(1, 20).map(shared))
    expect(large.common.size).toBeGreaterThan(50)
    expect(large.pairs[0]?.share).toBeLessThan(0.3)
  })

  it('does not take a solution that most have copied for what everybody writes', async () => {
    const { pairs } = await comparePrograms([...Array<string>(15).fill(first), ...sources.slice(1, 10)].map(read))
    expect(pairs.filter(({ share }) => share === 1)).toHaveLength((15 * 14) / 2)
  })

  it('says nothing of programs with hardly anything of their own', async () => {
    const tiny = 'export const add = (a: number, b: number) => a + b'
    expect(await comparePrograms([tiny, tiny, first].map(read))).toMatchObject({ pairs: [], tooSmall: [0, 1], compared: 0 })
  })

  it('compares with earlier ones, and not those with each other', async () => {
    const { pairs, compared } = await comparePrograms([first, second, copyOf(first), copyOf(first)].map(read), { present: 2 })
    expect(pairs.filter(({ share }) => share > 0.6).map(({ one, other }) => [one, other])).toEqual([[0, 2], [0, 3]])
    expect(pairs.every(({ one }) => one < 2)).toBe(true)
    expect(compared).toBe(5)
  })

  it('tells of all pairs how alike they are, however few of them it keeps', async () => {
    const programs = sources.slice(0, 12).map(read)
    const whole = await comparePrograms(programs)
    const few = await comparePrograms(programs, { most: 3 })
    expect(few.pairs).toEqual(whole.pairs.slice(0, 3))
    expect(few.shares).toEqual(whole.shares)
    const tenth = (share: number) => Math.floor(share * 1000 + 1e-9) / 1000
    for (const part of [0, 0.3, 0.5, 0.9, 0.99]) {
      const place = Math.floor(whole.compared * (1 - part))
      expect(whole.shares.notExceededBy(part, whole.compared)).toBe(tenth(whole.pairs[place]?.share ?? 0))
    }
    expect(whole.shares.atLeast(0.1)).toBe(whole.pairs.filter(({ share }) => share >= 0.1).length)
  })

  it('compares two of them as it does all', async () => {
    const programs = [first, second, third, copyOf(second), 'export {}'].map(read)
    const { pairs, common } = await comparePrograms(programs)
    for (const { one, other, ...figures } of pairs) {
      expect(comparePair(programs[one]!, programs[other]!, common)).toEqual(figures)
    }
    expect(comparePair(programs[0]!, programs[4]!, common)).toBeNull()
  })

  it('says nothing of pairs that do not count', async () => {
    const { pairs, shares } = await comparePrograms([first, copyOf(first), second].map(read), {
      counts: (one, other) => one + other !== 1,
    })
    expect(pairs.some(({ one, other }) => one === 0 && other === 1)).toBe(false)
    expect(shares.atLeast(0.6)).toBe(0)
  })

  it('gives way to others after each program', async () => {
    let pauses = 0
    await comparePrograms(sources.slice(0, 9).map(read), { pause: async () => void pauses++ })
    expect(pauses).toBeGreaterThanOrEqual(9)
  })
})

describe('the places that match', () => {
  const BODY = `export function sum(values: number[]): number {
  let total = 0
  for (const value of values) {
    if (Number.isNaN(value)) throw new RangeError('no number')
    total += value
  }
  return total
}`
  const OTHER = `function largest(list) {
  let best = list[0]
  for (let at = 1; at < list.length; at++) if (list[at] > best) best = list[at]
  return best === undefined ? null : { best, of: list.length }
}`

  it('are found with their lines where functions have changed places', () => {
    const one = read(`${BODY}\n\n${OTHER}\n`)
    const other = read(`// mine\n${OTHER}\n\n// and this\n${BODY.replaceAll('total', 'acc')}\n`)
    expect(matchedRegions(one, other)).toMatchObject([
      { one: { from: 1, to: 7 }, other: { from: 9, to: 15 } },
      { one: { from: 10, to: 13 }, other: { from: 2, to: 5 } },
    ])
  })

  it('overlap neither in the one nor in the other', () => {
    for (const { starter, solution, independent } of all) {
      const given = hashesOf(starter)
      const [one, other] = [readProgram(solution, given), readProgram(independent, given)]
      const regions = matchedRegions(one, other)
      const lines = regions.map((region) => region.one.from)
      expect(lines).toEqual([...lines].sort((a, b) => a - b))
      expect(regions.reduce((sum, { tokens }) => sum + tokens, 0)).toBeLessThanOrEqual(Math.min(one.tokens.length, other.tokens.length))
    }
  })

  it('cover the whole of a renamed copy', () => {
    for (const { solution } of all) {
      const one = read(solution)
      const [whole, ...rest] = matchedRegions(one, read(rename(solution, seeded(1))))
      expect(rest).toEqual([])
      expect(whole?.tokens).toBe(one.tokens.length)
    }
  })

  it('are none where only common code is shared', () => {
    const program = read(BODY)
    expect(matchedRegions(program, program, new Set(program.fingerprints.keys()))).toEqual([])
  })
})
