import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it, vi } from 'vitest'
import { SAMPLE, sampleSolution } from './support/exercise'
import { descendantsOf, guestsOf, hostPid, openFiles } from './support/processes'
import { useGrader } from './support/use-grader'

const grader = useGrader({ concurrency: 2 })
const DENO = '(globalThis as any).Deno'
const SOURCES = [
  sampleSolution(),
  sampleSolution({ add: 'export const add = () => 1' }),
  sampleSolution({ add: `export function add(): any { ${DENO}.exit(0) }` }),
  sampleSolution({}, `${DENO}.stdout.writeSync(new Uint8Array(9))`),
  'not a solution {',
]

function filesOf(host: number): string[] {
  const folder = readdirSync(tmpdir()).find((name) => name.startsWith(`handroll-grader-${host}-`))
  return folder === undefined ? [] : readdirSync(path.join(tmpdir(), folder)).sort()
}

it('F9 leaves no process, descriptor or file behind after a hundred runs, honest and hostile', async () => {
  const run = (count: number) => Promise.all(Array.from({ length: count }, (_, i) => {
    return grader.grade({ exercise: SAMPLE, source: SOURCES[i % SOURCES.length] ?? '', seed: i })
  }))
  const host = hostPid()
  const state = () => ({
    processes: descendantsOf(host).length,
    zombies: descendantsOf(host).filter(({ command }) => command === '(zombie)').length,
    descriptors: openFiles(host).length,
    // Names of pipes are made many at a time, so their number varies; each is taken off the disk when it is used.
    folders: readdirSync(tmpdir()).filter((name) => name.startsWith(`handroll-grader-${host}-`)).length,
    others: filesOf(host).filter((name) => !name.startsWith('pipe-')),
    isStockSmall: filesOf(host).length < 200,
  })
  await run(10)
  const rested = async () => {
    await vi.waitFor(() => expect(guestsOf(host)).toHaveLength(3), { timeout: 30_000 })
    return state()
  }
  const before = await rested()
  await run(100)
  await rested()
  await vi.waitFor(() => expect(state()).toEqual(before), { timeout: 30_000 })
  expect(before.zombies).toBe(0)
}, 240_000)
