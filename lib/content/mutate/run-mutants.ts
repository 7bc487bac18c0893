import { fork } from 'node:child_process'
import path from 'node:path'
import { cpuMs } from '../check/cpu-time'
import type { MutateJob, MutateMessage } from './messages'
import type { MutantState } from './mutant'

const SCRIPT = path.join(import.meta.dirname, 'child.ts')
/** A mutant may compute for this many times as long as the reference with all its tests, and for a second besides. */
const COMPUTE_FACTOR = 10
const COMPUTE_AT_LEAST_MS = 1_000
/** How often a child is looked at. */
const WATCH_MS = 100
/** What a child may be silent: a guard against its own faults, on a busy machine and where computing time is unknown. */
const SILENCE_MS = 120_000
/** Heap of a child: a mutant that eats memory ends its process soon. */
const MEMORY_MIB = 512

/**
 * Tries mutants in child processes, one after another. One that will not let go of its process is killed with it, and
 * counts as a timeout, as does one that ends it; the rest go on in a new process.
 * @param onJudged called for each mutant when its state is known
 * @throws when the reference itself fails its tests, or a child cannot run at all
 */
export async function runMutants(job: MutateJob, onJudged: (id: string, state: MutantState) => void): Promise<void> {
  let left = job.mutants
  while (left.length > 0) {
    const judged = new Set<string>()
    await runProcess({ ...job, mutants: left }, (id, state) => {
      judged.add(id)
      onJudged(id, state)
    })
    if (judged.size === 0) throw new Error('a process ended before its first mutant')
    left = left.filter((id) => !judged.has(id))
  }
}

function runProcess(job: MutateJob, onJudged: (id: string, state: MutantState) => void): Promise<void> {
  return new Promise((resolve, reject) => {
    const execArgv = ['--import', 'tsx', `--max-old-space-size=${MEMORY_MIB}`]
    const child = fork(SCRIPT, { execArgv, stdio: ['ignore', 'ignore', 'ignore', 'ipc'] })
    const giveUp = (): boolean => child.kill('SIGKILL')
    let running: string | null = null
    let cpuAtStart = 0
    let allowedMs = Infinity
    let patience = setTimeout(giveUp, SILENCE_MS)
    // Computing time counts, not the clock: on a busy machine a mutant may take long without doing much.
    const watch = setInterval(() => {
      if (running !== null && cpuMs(child.pid) - cpuAtStart > allowedMs) giveUp()
    }, WATCH_MS)

    child.on('message', (message: MutateMessage) => {
      clearTimeout(patience)
      patience = setTimeout(giveUp, SILENCE_MS)
      if (message.kind === 'ready') {
        allowedMs = COMPUTE_AT_LEAST_MS + COMPUTE_FACTOR * message.cpuMs
      } else if (message.kind === 'broken') {
        reject(new Error(`the reference fails its own tests: ${message.reason}`))
      } else if (message.kind === 'started') {
        running = message.id
        cpuAtStart = cpuMs(child.pid)
      } else {
        running = null
        onJudged(message.id, message.state)
      }
    })
    child.on('error', reject)
    child.on('exit', (code) => {
      clearTimeout(patience)
      clearInterval(watch)
      if (running !== null) onJudged(running, 'timeout')
      else if (code !== 0) reject(new Error(`a process that tries mutants broke down (exit code ${code})`))
      resolve()
    })
    child.send(job)
  })
}
