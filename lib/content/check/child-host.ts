import { fork } from 'node:child_process'
import { mkdir, mkdtemp, realpath, rm } from 'node:fs/promises'
import path from 'node:path'
import type { ChildJob, ChildMessage } from './child-messages'
import { cpuMs, starvedMs } from './cpu-time'
import { type HostName, type HostOptions, type Run, type RunResult, type TestOutcome, testTimeoutMs } from './run'

/**
 * A run that has computed for half of its exercise's limit, and for what loading may take, counts as one that never
 * ends: a reference takes a tenth, and every run like this one costs the check as much again in each host.
 */
const COMPUTE_SHARE = 0.5
const LOAD_MS = 1_000
/** A run that computes nothing and does not end is killed when this many times its limit has passed. */
const PATIENCE = 6
/** How often a run is repeated in which a test ran out of time while the process had no processor. */
const REPEATS = 3
/**
 * How many runs one process is given. Vitest looks at all its files before it runs the first, which takes minutes with
 * thousands of them; and what runs leave behind in memory slows down those after them.
 */
const BATCH = 400
/** How often a child is looked at. */
const WATCH_MS = 250
/** What a child may take before its first run, and between runs: a guard against its own faults, on a busy machine. */
const START_MS = 300_000

export interface ChildHostOptions extends HostOptions {
  host: HostName
  /** The child's module; it takes a ChildJob and answers with ChildMessages. */
  script: string
}

/**
 * Runs cases in child processes. Every run gets one result: one that never ends is killed with its process and
 * reported with a fault, as are its repetitions with other seeds, and the rest go on in a new one.
 * @throws when a child cannot run at all: that is a fault of the check, not of the content.
 */
export async function runInChildren(runs: readonly Run[], options: ChildHostOptions): Promise<RunResult[]> {
  await mkdir(options.scratch, { recursive: true })
  const root = await realpath(await mkdtemp(path.join(options.scratch, `${options.host}-`)))
  try {
    const workers = Array.from({ length: options.workers }, (_, worker) => worker)
    const shares = await Promise.all(
      workers.map(async (worker) => {
        const done: RunResult[] = []
        const left = new Map(runs.filter((_, i) => i % options.workers === worker).map((run) => [run.id, run]))
        const repeats = new Map<string, number>()
        for (let attempt = 0; left.size > 0; attempt++) {
          const scratch = path.join(root, `${worker}-${attempt}`)
          const repeated = sumOf(repeats)
          const batch = [...left.values()].slice(0, BATCH)
          const results = await runProcess({ runs: batch, scratch }, repeats, options)
          if (results.length === 0 && sumOf(repeats) === repeated) {
            throw new Error(`a process for ${options.host} ended before its first run`)
          }
          for (const { run } of results) left.delete(run.id)
          done.push(...results)
        }
        return done
      }),
    )
    return shares.flat()
  } finally {
    await rm(root, { recursive: true, force: true })
  }
}

function sumOf(counts: ReadonlyMap<string, number>): number {
  return [...counts.values()].reduce((sum, count) => sum + count, 0)
}

/**
 * One process. Answers the results of the runs that it ended, and of the one that it was killed for; not of those that
 * must be repeated, which it counts in `repeats`.
 */
function runProcess(
  job: ChildJob,
  repeats: Map<string, number>,
  { host, script, onEnded }: ChildHostOptions,
): Promise<RunResult[]> {
  return new Promise((resolve, reject) => {
    const runs = new Map(job.runs.map((run) => [run.id, run]))
    const results = new Map<string, RunResult>()
    const child = fork(script, { execArgv: ['--import', 'tsx'], stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    const giveUp = (): boolean => child.kill('SIGKILL')
    let running: { run: Run; since: number } | null = null
    let patience = setTimeout(giveUp, START_MS)
    let cpuAtStart = 0
    let starvedAtStart = 0
    /** Time in which the process stood in line for a processor does not count: it is given once more. */
    const wait = (ms: number): void => {
      clearTimeout(patience)
      const before = starvedMs(child.pid)
      patience = setTimeout(() => {
        const starved = starvedMs(child.pid) - before
        if (starved > WATCH_MS) wait(starved)
        else giveUp()
      }, ms)
    }
    /** A test that ran out of time while its process had no processor says nothing about the content. */
    const isStarved = (run: Run, tests: readonly TestOutcome[]): boolean => {
      const isGivenUp = tests.some(({ message }) => message?.startsWith('Test timed out'))
      return isGivenUp && starvedMs(child.pid) - starvedAtStart > testTimeoutMs(run) / 2
    }
    // Computing time counts, not the clock: on a busy machine a run may take long without doing much.
    const watch = setInterval(() => {
      if (running && cpuMs(child.pid) - cpuAtStart > LOAD_MS + COMPUTE_SHARE * running.run.limits.wallMs) giveUp()
    }, WATCH_MS)

    child.on('message', (message: ChildMessage) => {
      if (message.kind === 'finished') return
      const run = runs.get(message.id)
      if (run === undefined) return
      if (message.kind === 'started') {
        running = { run, since: Date.now() }
        cpuAtStart = cpuMs(child.pid)
        starvedAtStart = starvedMs(child.pid)
        wait(PATIENCE * (LOAD_MS + run.limits.wallMs))
      } else if (message.kind === 'ended') {
        const { tests, fault, wallMs } = message
        const soFar = repeats.get(run.id) ?? 0
        if (soFar < REPEATS && isStarved(run, tests)) {
          repeats.set(run.id, soFar + 1)
        } else {
          results.set(run.id, { run, host, tests, fault, wallMs })
          onEnded()
        }
        running = null
        wait(START_MS)
      } else {
        const known = results.get(run.id)
        if (known !== undefined) known.fault = message.message
      }
    })
    child.on('error', reject)
    child.on('exit', (code) => {
      clearTimeout(patience)
      clearInterval(watch)
      if (running !== null && code === null && running.run.mustEnd && !repeats.has(running.run.id)) {
        // Killed once, a reference has perhaps met a machine that stood still; in a process of its own it is believed.
        repeats.set(running.run.id, 1)
      } else if (running !== null) {
        const { run, since } = running
        const fault = code === null ? 'never ended and was killed' : 'ended its process'
        // With another seed it would hardly end; every further wait would cost twice the limit.
        for (const other of runs.values()) {
          const alike = other.place === run.place && other.target === run.target && other.tests === run.tests
          if (alike && !results.has(other.id)) {
            results.set(other.id, { run: other, host, tests: [], fault, wallMs: Date.now() - since })
          }
        }
      } else if (code !== 0 && results.size < runs.size) {
        const how = code === null ? `was killed after ${START_MS / 1000} s of silence` : `ended with exit code ${code}`
        reject(new Error(`a process for ${host} broke down: it ${how}`))
        return
      }
      resolve([...results.values()])
    })
    child.send(job)
  })
}
