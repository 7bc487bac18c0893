import { rmSync } from 'node:fs'
import path from 'node:path'
import { randomUUID } from 'node:crypto'
import { afterAll, expect, it, vi } from 'vitest'
import { createGrader, type Grader } from '@/lib/grader'
import { SAMPLE, sampleSolution } from './support/exercise'
import { useGrader } from './support/use-grader'

const grader = useGrader({ concurrency: 2, studyMistakes: true })

const version = `misconceptions-${randomUUID()}`
const studied = {
  ...SAMPLE,
  version,
  wrong: {
    'ignores-sign.ts': sampleSolution({ add: 'export const add = (a: number, b: number) => a + Math.abs(b)' }),
    'counts-from-one.ts': sampleSolution({ range: 'export const range = (n: number) => Array.from({ length: n }, (_, i) => i + 1)' }),
    'no-hint.ts': sampleSolution({ twice: 'export const twice = async (x: number) => x' }),
  },
  misconceptions: [{ file: 'ignores-sign.ts' }, { file: 'counts-from-one.ts' }],
}

afterAll(() => {
  rmSync(path.resolve(import.meta.dirname, `../../.handroll/cache/misconceptions/${version}.json`), { force: true })
})

const nameFor = async (source: string, of: Pick<Grader, 'grade'> = grader): Promise<string | null> => {
  return (await of.grade({ exercise: studied, source, seed: 9 })).misconception
}
/** Makes the same mistake as ignores-sign.ts, in other words. */
const SAME_MISTAKE = sampleSolution({ add: 'export function add(a: number, b: number) { return b < 0 ? a - b : a + b }' })

it('names the wrong solution that fails exactly the same tests, once all have been studied', async () => {
  grader.expect([studied])
  await vi.waitFor(async () => expect(await nameFor(SAME_MISTAKE)).toBe('ignores-sign.ts'), { timeout: 50_000 })
  expect(await nameFor(sampleSolution({ range: 'export const range = (n: number) => n ? [1] : []' }))).toBe('counts-from-one.ts')
})

it('names none for other failing tests, for a wrong solution without a hint, and for a pass', async () => {
  expect(await nameFor(sampleSolution({ add: 'export const add = () => 0' }))).toBeNull()
  expect(await nameFor(studied.wrong['no-hint.ts'])).toBeNull()
  expect(await nameFor(sampleSolution())).toBeNull()
})

it('keeps what was found out for graders that do not study', async () => {
  const other = await createGrader({ concurrency: 1 })
  try {
    expect(await nameFor(SAME_MISTAKE, other)).toBe('ignores-sign.ts')
  } finally {
    await other.close()
  }
})
