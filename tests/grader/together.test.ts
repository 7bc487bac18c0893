import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it, vi } from 'vitest'
import { createGrader } from '@/lib/grader'
import { limitOf } from '@/lib/grader/host/process-facts'
import { exercise, SAMPLE, sampleSolution } from './support/exercise'
import { descendantsOf, guestsOf, hostPid, openFiles } from './support/processes'
import { useGrader } from './support/use-grader'

const LOOP = sampleSolution({ add: 'export function add(): any { for (;;); }' })
const SHORT = { ...SAMPLE, limits: { wallMs: 1_500, memoryMiB: 128 } }

describe('many at a time', () => {
  const grader = useGrader({ concurrency: 2 })

  it('answers each with its own verdict', async () => {
    const wrong = sampleSolution({ range: 'export const range = () => []' })
    const sources = Array.from({ length: 12 }, (_, i) => (i % 3 === 0 ? wrong : sampleSolution()))
    const verdicts = await Promise.all(sources.map((source, seed) => grader.grade({ exercise: SAMPLE, source, seed })))
    expect(verdicts.map(({ verdict }) => verdict)).toEqual(sources.map((s) => (s === wrong ? 'failed' : 'passed')))
    expect(verdicts.map(({ seed }) => seed)).toEqual(sources.map((_, seed) => seed))
  })

  it('does not let one that loops hold up the others', async () => {
    const finished: string[] = []
    const note = (name: string) => (verdict: { verdict: string }) => finished.push(`${name} ${verdict.verdict}`)
    const looping = grader.grade({ exercise: SHORT, source: LOOP, seed: 1 }).then(note('loop'))
    await grader.grade({ exercise: SAMPLE, source: sampleSolution(), seed: 1 }).then(note('other'))
    await looping
    expect(finished).toEqual(['other passed', 'loop failed'])
  })

  it('carries nothing from one solution to the next', async () => {
    const counting = exercise(`it('is the first', () => expect(solution.count()).toBe(1))`)
    const source = `export function count(): number { const g = globalThis as any; return (g.n = (g.n ?? 0) + 1) }`
    for (let i = 0; i < 4; i++) {
      expect(await grader.grade({ exercise: counting, source, seed: i })).toMatchObject({ verdict: 'passed' })
    }
  })

  it('A17 gives a guest no room for a core file', async () => {
    await vi.waitFor(() => expect(guestsOf(hostPid()).length).toBeGreaterThan(0), { timeout: 20_000 })
    for (const { pid } of guestsOf(hostPid())) expect(limitOf(pid, 'Max core file size')).toEqual({ soft: '0', hard: '0' })
  })

  it('B17 gives a guest nothing but its connection: no other descriptor leads anywhere', async () => {
    await vi.waitFor(() => expect(guestsOf(hostPid()).length).toBeGreaterThan(0), { timeout: 20_000 })
    const files = openFiles(guestsOf(hostPid())[0]?.pid ?? 0)
    expect(files.filter((file) => file.startsWith('/') && !/handroll-grader-[^/]+\/pipe-\d+ \(deleted\)$/.test(file))
      .filter((file) => !/^\/(proc|sys)\//.test(file))).toEqual([])
  })

  it('B7 forks its host with nothing of the environment', () => {
    expect(readFileSync(`/proc/${hostPid()}/environ`, 'utf8').replaceAll('\0', ' ')).not.toMatch(/PATH=|HOME=|DATABASE/)
  })
})

describe('a host that is lost', () => {
  it('is replaced, and what it had in hand is graded by the new one', async () => {
    const grader = await createGrader({ concurrency: 1 })
    try {
      const lost = hostPid()
      const guests = guestsOf(lost).map(({ pid }) => pid)
      const verdict = grader.grade({ exercise: SAMPLE, source: sampleSolution(), seed: 5 })
      process.kill(lost, 'SIGKILL')
      expect(await verdict).toMatchObject({ verdict: 'passed', seed: 5 })
      expect(hostPid()).not.toBe(lost)
      const alive = (): number[] => guests.filter((pid) => isRunning(pid))
      await vi.waitFor(() => expect(alive()).toEqual([]), { timeout: 20_000 })
      expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`handroll-grader-${lost}-`))).toEqual([])
    } finally {
      await grader.close()
    }
  })

  it('makes a verdict an error of ours when it is lost twice', async () => {
    const grader = await createGrader({ concurrency: 1 })
    try {
      const verdict = grader.grade({ exercise: { ...SAMPLE, limits: { wallMs: 20_000, memoryMiB: 128 } }, source: LOOP, seed: 5 })
      const first = hostPid()
      process.kill(first, 'SIGKILL')
      const second = await vi.waitFor(() => {
        const pid = hostPid()
        expect(pid).not.toBe(first)
        // It is at work on the retry.
        expect(guestsOf(pid).length).toBeGreaterThan(0)
        return pid
      }, { timeout: 40_000 })
      process.kill(second, 'SIGKILL')
      expect(await verdict).toMatchObject({ verdict: 'error', reason: 'internal-error', score: 0, seed: 5 })
    } finally {
      await grader.close()
    }
  })

  it('never blames a solution for a guest that does not start', async () => {
    const grader = await createGrader({ concurrency: 1 })
    try {
      const folder = readdirSync(tmpdir()).find((name) => name.startsWith(`handroll-grader-${hostPid()}-`)) ?? ''
      rmSync(path.join(tmpdir(), folder, 'guest.js'))
      const outcomes: string[] = []
      // Those that wait already are still good; then the host gives way to one that has what guests are started from.
      for (let i = 0; i < 5; i++) outcomes.push((await grader.grade({ exercise: SAMPLE, source: sampleSolution(), seed: i })).verdict)
      expect(new Set(outcomes)).toEqual(new Set(['passed']))
    } finally {
      await grader.close()
    }
  })

  it('leaves neither processes nor files when it is closed', async () => {
    const before = descendantsOf(process.pid).length
    const grader = await createGrader({ concurrency: 1 })
    const host = hostPid()
    await grader.close()
    await vi.waitFor(() => expect(descendantsOf(process.pid).length).toBe(before), { timeout: 20_000 })
    expect(readdirSync(tmpdir()).filter((name) => name.startsWith(`handroll-grader-${host}-`))).toEqual([])
  })
})

function isRunning(pid: number): boolean {
  try {
    return !readFileSync(`/proc/${pid}/stat`, 'utf8').includes(') Z ')
  } catch {
    return false
  }
}
