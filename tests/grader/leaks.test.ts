import { readdirSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it, vi } from 'vitest'
import { statusOf } from '@/lib/grader/host/process-facts'
import { SAMPLE, sampleSolution } from './support/exercise'
import { descendantsOf, guestsOf, hostPid, openFiles, type ProcessInfo } from './support/processes'
import { useGrader } from './support/use-grader'

/**
 * LEAK_RUNS=1000 grades so many, and prints what is open after each hundred: the sizes of processes settle only after
 * some hundreds, so those are for a person to judge.
 */
const RUNS = Number(process.env.LEAK_RUNS) || 100
const AT_A_TIME = 100
const TIMEOUT_MS = 120_000 + RUNS * 1_500
const KIB_PER_MIB = 1024

const grader = useGrader({ concurrency: 2 })
const DENO = '(globalThis as any).Deno'
const IMPATIENT = { ...SAMPLE, limits: { ...SAMPLE.limits, wallMs: 1_000 } }
const CASES = [
  { source: sampleSolution() },
  { source: sampleSolution({ add: 'export const add = () => 1' }) },
  { source: sampleSolution({ add: `export function add(): any { ${DENO}.exit(0) }` }) },
  { source: sampleSolution({}, `${DENO}.stdout.writeSync(new Uint8Array(9))`) },
  { source: 'not a solution {' },
]
/** One that is killed at its time limit, now and then, since it takes that long. */
const LOOP = { exercise: IMPATIENT, source: sampleSolution({ add: 'export function add(): any { for (;;); }' }) }
const LOOP_EVERY = 20

const foldersOf = (host: number) => readdirSync(tmpdir()).filter((name) => name.startsWith(`handroll-grader-${host}-`))
const filesOf = (host: number) => foldersOf(host).flatMap((name) => readdirSync(path.join(tmpdir(), name))).sort()
const isCompiler = ({ command }: ProcessInfo) => /server-child|esbuild/.test(command)
const mebibytesOf = (...pids: number[]) => {
  const kibibytes = pids.map((pid) => Number.parseInt(statusOf(pid, 'VmRSS') ?? '0', 10))
  return Math.round(kibibytes.reduce((sum, each) => sum + each, 0) / KIB_PER_MIB)
}

it('F9 leaves no process, descriptor or file behind after a hundred runs, honest and hostile', async () => {
  const run = (count: number) => Promise.all(Array.from({ length: count }, (_, i) => {
    const { source, exercise } = { exercise: SAMPLE, ...(i % LOOP_EVERY === 1 ? LOOP : CASES[i % CASES.length]!) }
    return grader.grade({ exercise, source, seed: i })
  }))
  const host = hostPid()
  const state = () => ({
    processes: descendantsOf(host).length,
    zombies: descendantsOf(host).filter(({ command }) => command === '(zombie)').length,
    descriptors: openFiles(host).length,
    // Names of pipes are made many at a time, so their number varies; each is taken off the disk when it is used.
    folders: foldersOf(host).length,
    others: filesOf(host).filter((name) => !name.startsWith('pipe-')),
    isStockSmall: filesOf(host).length < 200,
  })
  const rested = async () => {
    await vi.waitFor(() => expect(guestsOf(host)).toHaveLength(3), { timeout: 30_000 })
    return state()
  }
  const report = (runs: number) => {
    if (!process.env.LEAK_RUNS) return
    const { others, isStockSmall: _, ...counts } = state()
    const pipes = filesOf(host).length - others.length
    console.log(JSON.stringify({
      runs,
      ...counts,
      files: others.length,
      pipes,
      hostMiB: mebibytesOf(host),
      guestsMiB: mebibytesOf(...guestsOf(host).map(({ pid }) => pid)),
      compilersMiB: mebibytesOf(...descendantsOf(host).filter(isCompiler).map(({ pid }) => pid)),
      graderMiB: mebibytesOf(process.pid),
      graderDescriptors: openFiles(process.pid).length,
    }))
  }
  await run(10)
  const before = await rested()
  report(0)
  for (let done = 0; done < RUNS; done += AT_A_TIME) {
    await run(Math.min(AT_A_TIME, RUNS - done))
    await rested()
    report(Math.min(done + AT_A_TIME, RUNS))
  }
  await vi.waitFor(() => expect(state()).toEqual(before), { timeout: 30_000 })
  expect(before.zombies).toBe(0)
}, TIMEOUT_MS)
