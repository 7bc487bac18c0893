import { readdir } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { judgeExercise } from '@/lib/content/mutate/judge-exercise'
import { type Justification, readJustifications } from '@/lib/content/mutate/justified'
import { hasSurvived, type JudgedMutant } from '@/lib/content/mutate/mutant'
import { reportPage, survivorLine } from '@/lib/content/mutate/report'
import { scoreExercise } from '@/lib/content/mutate/score'
import { writeCourse } from './sample-course'

const CLAMP = `export function clamp(x: number, low: number, high: number): number {
  if (low > high) throw new RangeError('low is above high')
  if (x < low) return low
  return x > high ? high : x
}
`

const hiddenTests = (...tests: string[]): string => `import { describe, expect, it, vi } from 'vitest'
import { inGuest } from 'handroll'
import * as solution from './solution'

describe('All', () => {
  it('uses inGuest', () => expect(typeof inGuest).toBe('function'))
${tests.map((body, index) => `  it('rule ${index}', async () => { ${body} })`).join('\n')}
})
`

const BOUNDS = `
  const { clamp } = solution as { clamp(x: number, low: number, high: number): number }
  for (const [x, y] of [[-1, 0], [0, 0], [5, 5], [10, 10], [11, 10]]) expect(clamp(x, 0, 10)).toBe(y)`
const REFUSAL = `
  const { clamp } = solution as { clamp(x: number, low: number, high: number): number }
  expect(() => clamp(5, 10, 0)).toThrow(RangeError)`
/** Tells values on a bound from each other, which ordinary numbers do not. */
const SIGNED_ZEROS = `
  const { clamp } = solution as { clamp(x: number, low: number, high: number): number }
  expect(Object.is(clamp(-0, 0, 10), -0)).toBe(true)
  expect(Object.is(clamp(-0, -1, 0), -0)).toBe(true)
  expect(clamp(5, 5, 5)).toBe(5)`

async function judge(
  source: string,
  tests: readonly string[],
  { cacheDir = '', onProgress = () => {} }: { cacheDir?: string; onProgress?: () => void } = {},
): Promise<JudgedMutant[]> {
  const files = { solution: source, hiddenTests: hiddenTests(...tests) }
  const folder = cacheDir || (await writeCourse({}))
  return judgeExercise(files, { cacheDir: folder, useCache: true, toolVersion: 'of these tests', onProgress })
}

const brief = ({ mutator, original, replacement, state }: JudgedMutant): string => {
  return `${mutator}: ${original} -> ${replacement} (${state})`
}

describe('the mutants of a reference', () => {
  it('are all killed by tests that hold every rule', async () => {
    const judged = await judge(CLAMP, [BOUNDS, REFUSAL, SIGNED_ZEROS])
    expect(judged.length).toBeGreaterThan(10)
    expect(judged.filter(hasSurvived).map(brief)).toEqual([])
  })

  it('survive where tests do not look, and are named', async () => {
    const judged = await judge(CLAMP, [BOUNDS, SIGNED_ZEROS])
    expect(judged.filter(hasSurvived).map(brief)).toEqual([
      'ConditionalExpression: low > high -> false (survived)',
    ])
    expect(judged.filter(hasSurvived).map(survivorLine)).toEqual([
      '  2:7  ConditionalExpression  low > high -> false    ' +
        "in: if (low > high) throw new RangeError('low is above high')",
    ])
  })

  it('survive where no test comes', async () => {
    const source = `${CLAMP}\nexport function twice(x: number): number {\n  return x * 2\n}\n`
    const judged = await judge(source, [BOUNDS, REFUSAL, SIGNED_ZEROS])
    expect(judged.filter(hasSurvived).map(brief)).toEqual([
      'BlockStatement: { return x * 2 } -> {} (uncovered)',
      'ArithmeticOperator: x * 2 -> x / 2 (uncovered)',
    ])
  })

  it('are met by drivers beside the solution as by calls', async () => {
    const driver = `expect(inGuest((own: { twice(x: number): number }, x: number) => own.twice(x), 3)).toBe(6)`
    const judged = await judge('export const twice = (x: number): number => x * 2\n', [driver])
    expect(judged.map(({ state }) => state)).toEqual(['killed', 'killed'])
  })

  it('that are made while the solution loads meet all tests, also where the first test is what loads it', async () => {
    const source = 'const STEP = -1\nexport const before = (x: number): number => x + STEP\n'
    const judged = await judge(source, [
      `expect(inGuest((own: { before(x: number): number }) => typeof own.before(3))).toBe('number')`,
      `expect(inGuest((own: { before(x: number): number }) => own.before(3))).toBe(2)`,
    ])
    expect(judged.map(brief)).toContain('UnaryOperator: -1 -> +1 (killed)')
    expect(judged.filter(hasSurvived)).toEqual([])
  })

  it('that run in circles are timeouts, wherever the circle was begun', async () => {
    // One mutant makes the loop itself endless. Another is made before a loop that holds none, and never lets go.
    const source = `export function sum(count: number): number {
  let total = 0
  for (let i = 0; i < count; i++) total += i
  return total
}
export function countdown(from: number): number {
  const step = 1 + from
  // Stryker disable next-line all
  for (let left = 10; left > 0; left -= step);
  return step
}
`
    const judged = await judge(source, [
      'expect((solution as { sum(n: number): number }).sum(4)).toBe(6)',
      'expect((solution as { countdown(n: number): number }).countdown(1)).toBe(2)',
    ])
    const timeouts = judged.filter(({ state }) => state === 'timeout').map(brief)
    expect(timeouts).toContain('UpdateOperator: i++ -> i-- (timeout)')
    expect(judged.filter(({ line }) => line === 7).map(brief)).toEqual([
      'ArithmeticOperator: 1 + from -> 1 - from (timeout)',
    ])
  })

  it('that wait for nothing are timeouts', async () => {
    const source = `export function later(): Promise<string> {
  return new Promise((resolve) => {
    resolve('done')
  })
}
`
    // The clock stands still in the test; it must not do so for what watches over it.
    const judged = await judge(source, [
      `vi.useFakeTimers()
      expect(await (solution as { later(): Promise<string> }).later()).toBe('done')`,
    ])
    expect(judged.map(brief)).toContain("BlockStatement: { resolve('done') } -> {} (timeout)")
    expect(judged.filter(hasSurvived)).toEqual([])
  })

  it('leave the sentences of errors alone', async () => {
    const judged = await judge(CLAMP, [REFUSAL])
    expect(judged.filter(({ mutator }) => mutator === 'StringLiteral')).toEqual([])
  })

  it('are not tried when the reference itself fails', async () => {
    await expect(judge(CLAMP, ['throw new Error("always")'])).rejects.toThrow('the reference fails its own tests')
  })

  it('are not tried again until the reference or the tests change', async () => {
    const cacheDir = await writeCourse({})
    let tried = 0
    const options = { cacheDir, onProgress: () => void tried++ }
    const first = await judge(CLAMP, [REFUSAL], options)
    expect(tried).toBe(first.length)
    expect(await judge(CLAMP, [REFUSAL], options)).toEqual(first)
    expect(tried).toBe(first.length)
    await judge(CLAMP, [REFUSAL, BOUNDS], options)
    expect(tried).toBe(2 * first.length)
  })
})

describe('the score of an exercise', () => {
  const mutant = (id: number, state: JudgedMutant['state']): JudgedMutant => {
    const texts = { context: `line ${id}`, original: `a${id}`, replacement: `b${id}` }
    return { id: String(id), mutator: 'StringLiteral', line: id, column: 1, ...texts, state }
  }
  const judged = [mutant(1, 'killed'), mutant(2, 'timeout'), mutant(3, 'survived'), mutant(4, 'uncovered')]
  const justify = (id: number): Justification => {
    const texts = { context: `line ${id}`, original: `a${id}`, replacement: `b${id}` }
    return { mutator: 'StringLiteral', ...texts, why: 'Nobody can tell them apart.' }
  }

  it('is the part of the mutants that was killed or timed out', () => {
    expect(scoreExercise('a/b', judged, [])).toMatchObject({ mutants: 4, killed: 1, timeouts: 1, score: 0.5 })
  })

  it('does not count survivors that are justified', () => {
    const score = scoreExercise('a/b', judged, [justify(3)])
    expect(score).toMatchObject({ mutants: 3, killed: 1, timeouts: 1, score: 2 / 3, stale: [] })
    expect(score.survivors.map(({ id }) => id)).toEqual(['4'])
  })

  it('tells justifications of mutants that do not survive', () => {
    expect(scoreExercise('a/b', judged, [justify(1), justify(9)]).stale).toEqual([justify(1), justify(9)])
  })

  it('stands in a table, with the justified mutants and their reasons below', () => {
    const page = reportPage([scoreExercise('a/b', judged, [justify(3)])], '2030-01-31')
    expect(page).toContain('on 2030-01-31')
    expect(page).toContain('| a/b | 3 | 1 | 1 | 1 | 1 | 66.6 % |')
    expect(page).toContain('## a/b\n\n- StringLiteral, `a3 -> b3`: Nobody can tell them apart.')
  })
})

describe('the justifications of the project', () => {
  it('are in order and about exercises that exist', async () => {
    const justifications = await readJustifications('tests/content/mutation/justified.json')
    for (const place of Object.keys(justifications)) {
      expect(await readdir(`exercises/${place}`), place).toContain('solution.ts')
    }
  })
})
