import { copyFileSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { createServerCompiler } from '@/lib/compile/server'
import { COMPILE_PLAN } from '@/lib/compile/plan'
import { DEFAULT_LIMITS } from '@/lib/contract/exercise'
import type { Verdict } from '@/lib/contract/verdict'
import { ROOT } from '@/lib/programs/kept-bundles'
import { buildGraderBundles } from '../bundle'
import { BrokenExercise, type GradingTask } from '../exercise'
import { ungradedVerdict } from '../verdict/make-verdict'
import { FifoStock } from './fifo-stock'
import { grade, type GradingTools } from './grade'
import { findGuestCommand, GUEST_ENVIRONMENT, guestLimits, type GuestCommand } from './guest-command'
import { GuestPool } from './guest-pool'
import { GuestProcess } from './guest-process'
import { HiddenTestsCache } from './hidden-tests'
import { chooseJail } from './jail/choose-jail'
import { listJails } from './jail/jail'
import { missingLayers } from './jail/required-layers'
import { JudgePool } from './judge-pool'
import { createRunDir, removeRunDir } from './run-dir'
import { GuestNotStarted } from './run-solution'
import { testSandbox, type Layers } from './self-test'
import { WorkQueue, type Priority } from './work-queue'

export interface SandboxHost {
  /**
   * Always answers with a verdict; faults of ours are `error`, and are told on standard error.
   * @throws GuestNotStarted when no guests can be started any more: a host is of no use then
   */
  grade(task: GradingTask, priority: Priority): Promise<Verdict>
  runtimeVersion: string
  layers: Layers
  close(): Promise<void>
}

export interface SandboxHostOptions {
  /** Solutions that run at the same time. */
  concurrency: number
  /** Hardening layers without which nothing is graded. */
  requiredLayers: readonly string[]
}

/**
 * Starts everything that grading needs in this process: compiler, judges, and a pool of guests.
 * @throws Error with one sentence when something is missing, or when the sandbox does not hold
 */
export async function startSandboxHost({ concurrency, requiredLayers }: SandboxHostOptions): Promise<SandboxHost> {
  const dir = createRunDir()
  const fifos = new FifoStock(dir)
  const closing: (() => Promise<void> | void)[] = [() => removeRunDir(dir), () => fifos.close()]
  const close = async (): Promise<void> => {
    for (const step of closing.splice(0).reverse()) await step()
  }
  try {
    const bundles = await buildGraderBundles()
    await fifos.prepare()
    const usual = guestLimits(DEFAULT_LIMITS)
    const copies = new Map([bundles.guest, bundles.probe, bundles.escaped].map((script) => {
      const copy = path.join(dir, path.basename(script))
      copyFileSync(script, copy)
      return [script, copy]
    }))
    const start = async (script: string, command: GuestCommand, limits = usual): Promise<GuestProcess> => {
      return new GuestProcess(await fifos.take(), command, copies.get(script) ?? script, limits)
    }
    const { jail, layers: hardening } = await chooseJail(listJails({ dir, environment: GUEST_ENVIRONMENT }), (tried, args) => {
      return start(bundles.escaped, findGuestCommand(dir, { jail: tried, escaped: args }))
    })
    const missing = missingLayers(requiredLayers, hardening)
    if (missing !== null) throw new Error(missing)
    const command = findGuestCommand(dir, { jail })
    const judges = new JudgePool(bundles.judge, concurrency)
    closing.push(() => judges.close())
    const guests = new GuestPool((limits) => start(bundles.guest, command, limits), concurrency + 1)
    closing.push(() => guests.close())
    const [compiler, layers] = await Promise.all([
      createServerCompiler({ size: Math.min(concurrency, 2) }).then((started) => {
        closing.push(() => started.close())
        return started
      }),
      testSandbox(() => start(bundles.probe, command), usual),
      judges.ready(),
    ])
    await guests.refill()
    const runtimeVersion = nameRuntime(bundles.hash)
    const tools = { compiler, guests, judges, hiddenTests: new HiddenTestsCache(compiler, judges), runtimeVersion }
    const queue = new WorkQueue(concurrency)
    return {
      layers: { ...layers, ...hardening },
      runtimeVersion,
      grade: (task, priority) => queue.run(priority, () => gradeSafely(tools, task)),
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

/**
 * A fault of ours may be the machine's mood, so there is a second try; after that, it is the verdict. Unless not even a
 * guest could be started: what this host was started with is gone, and every solution to come would meet the same.
 */
async function gradeSafely(tools: GradingTools, task: GradingTask): Promise<Verdict> {
  for (let left = 1; ; left--) {
    try {
      return await grade(tools, task)
    } catch (error) {
      console.error(`Grading ${task.exercise.slug} failed: ${error instanceof Error ? error.message : String(error)}`)
      if (left === 0 && error instanceof GuestNotStarted) throw error
      if (left === 0 || error instanceof BrokenExercise) return ungradedVerdict(task, tools.runtimeVersion)
    } finally {
      // In the next turn, so that nobody waits for it.
      setImmediate(() => void tools.guests.refill().catch(() => {}))
    }
  }
}

/** Names all that a verdict may depend on besides the exercise and the source. */
function nameRuntime(bundleHash: string): string {
  const versionOf = (file: string): string => (JSON.parse(readFileSync(path.join(ROOT, file), 'utf8')) as { version: string }).version
  const parts = [`handroll-${versionOf('package.json')}`, `deno-${versionOf('node_modules/deno/package.json')}`]
  return [...parts, COMPILE_PLAN.replaceAll('/', '-'), bundleHash].join('/')
}
