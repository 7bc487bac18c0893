import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { runInChildren } from '@/lib/content/check/child-host'
import type { Run } from '@/lib/content/check/run'

/* What the check believes of a run whose process was killed. */

let scratch: string
beforeEach(async () => {
  scratch = await mkdtemp(path.join(tmpdir(), 'handroll-children-'))
})
afterEach(() => rm(scratch, { recursive: true, force: true }))

const runOf = (target: string, kills: number, seed = 1): Run => ({
  id: `topic/exercise ${target} hidden ${seed}`,
  place: 'topic/exercise',
  target,
  source: `kill ${kills}`,
  tests: 'hidden',
  testSource: '',
  seed,
  limits: { wallMs: 1_000, memoryMiB: 128 },
  mustEnd: target === 'solution.ts',
})

async function faultsOf(runs: readonly Run[]): Promise<Record<string, string | null>> {
  const script = path.join(import.meta.dirname, 'support/killed-child.mjs')
  const results = await runInChildren(runs, { host: 'loopback', script, scratch, workers: 1, onEnded: () => undefined })
  return Object.fromEntries(results.map(({ run, fault }) => [`${run.target} ${run.seed}`, fault]))
}

it('tries a reference once more that was killed', async () => {
  expect(await faultsOf([runOf('solution.ts', 1), runOf('solution.ts', 0, 2)])).toEqual({
    'solution.ts 1': null,
    'solution.ts 2': null,
  })
})

it('believes a reference that was killed twice, also of its other seeds', async () => {
  const killed = 'never ended and was killed'
  expect(await faultsOf([runOf('solution.ts', 2), runOf('solution.ts', 0, 2)])).toEqual({
    'solution.ts 1': killed,
    'solution.ts 2': killed,
  })
})

it('believes a wrong solution at once, and runs what remains', async () => {
  expect(await faultsOf([runOf('wrong/endless.ts', 1), runOf('solution.ts', 0)])).toEqual({
    'wrong/endless.ts 1': 'never ended and was killed',
    'solution.ts 1': null,
  })
})
