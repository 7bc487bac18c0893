import { fork, type ChildProcess } from 'node:child_process'
import { tmpdir } from 'node:os'
import type { Verdict } from '@/lib/contract/verdict'
import { ROOT } from '@/lib/programs/kept-bundles'
import { bundleProgram } from '@/lib/programs/program'
import type { GradingTask } from './exercise'
import { sweepRunDirs } from './host/run-dir'
import type { SandboxHostOptions } from './host/sandbox-host'
import type { Priority } from './host/work-queue'
import { HostReply, type HostRequest } from './messages'

const START_TIMEOUT_MS = 60_000
/** Time that a host gets to tidy up, milliseconds. */
const CLOSE_TIMEOUT_MS = 3_000

/** How often a host is asked for a sign of life, milliseconds. */
const ASK_EVERY_MS = 5_000
/** How many it may owe. They are counted and not timed, so that a machine that was asleep has not lost its host. */
const MOST_OWED = 3

/** The host ended with grades in hand. */
export class HostDied extends Error {
  override readonly name = 'HostDied'
}

interface Pending {
  resolve: (verdict: Verdict) => void
  reject: (reason: Error) => void
}

/** One sandbox host, seen from the process that started it. */
export class HostProcess {
  dead = false
  runtimeVersion = ''
  layers: Record<string, boolean> = {}
  readonly #process: ChildProcess
  readonly #pending = new Map<number, Pending>()
  #nextId = 1
  #owed = 0

  private constructor(process: ChildProcess) {
    this.#process = process
    process.on('exit', () => this.#end())
    process.on('error', () => this.#end())
  }

  /** Starts a host and waits until it can grade. @throws Error with one sentence when it cannot */
  static async start(options: SandboxHostOptions): Promise<HostProcess> {
    const process = fork(await bundleProgram('grader-host'), {
      // Nothing of this process's settings and secrets; only where its files may be.
      env: { TMPDIR: tmpdir() } as unknown as NodeJS.ProcessEnv,
      cwd: ROOT,
      // Space for young objects that it fills once in a verdict: less costs a tenth of a verdict in collections, more gains nothing.
      execArgv: ['--max-semi-space-size=4'],
      stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
    })
    const host = new HostProcess(process)
    try {
      await host.#ready(options)
    } catch (error) {
      process.kill('SIGKILL')
      throw error
    }
    host.#watch()
    return host
  }

  get pid(): number | undefined {
    return this.#process.pid
  }

  /** @throws HostDied */
  grade({ exercise, ...task }: GradingTask, priority: Priority): Promise<Verdict> {
    if (this.dead) return Promise.reject(new HostDied('the sandbox host has ended'))
    const id = this.#nextId++
    const { slug, version, hiddenTests, groups, limits, exports } = exercise
    const points = Object.fromEntries(Object.entries(groups).map(([title, group]) => [title, { points: group.points }]))
    return new Promise((resolve, reject) => {
      this.#pending.set(id, { resolve, reject })
      this.#send({
        type: 'grade',
        id,
        task: { exercise: { slug, version, hiddenTests, groups: points, limits, exports: exports && [...exports] }, ...task },
        priority,
      })
    })
  }

  /** Lets it end its guests and remove its files; after a while it is killed. */
  async close(): Promise<void> {
    if (this.dead) return
    const gone = new Promise((resolve) => this.#process.once('exit', resolve))
    const timer = setTimeout(() => this.#process.kill('SIGKILL'), CLOSE_TIMEOUT_MS)
    this.#send({ type: 'close' })
    await gone
    clearTimeout(timer)
    // Nothing is left of those that had no time for it.
    sweepRunDirs()
  }

  #ready({ concurrency, requiredLayers }: SandboxHostOptions): Promise<void> {
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error('The sandbox host did not start in time.')), START_TIMEOUT_MS)
      const settle = (finish: () => void): void => {
        clearTimeout(timer)
        finish()
      }
      this.#process.on('message', (message) => {
        const { data: reply } = HostReply.safeParse(message)
        // It works next to hostile code: one that does not keep to its own words is not believed any more.
        if (!reply) return this.#end()
        if (reply.type === 'graded') return this.#take(reply)
        if (reply.type === 'pong') return void (this.#owed = 0)
        if (reply.type === 'unable') return settle(() => reject(new Error(reply.message)))
        this.runtimeVersion = reply.runtimeVersion
        this.layers = reply.layers
        settle(resolve)
      })
      this.#process.once('exit', () => settle(() => reject(new Error('The sandbox host ended while it was starting.'))))
      this.#send({ type: 'start', concurrency, requiredLayers: [...requiredLayers] })
    })
  }

  /** What a host has in hand that hangs would otherwise wait for ever: its limits on time are kept by itself. */
  #watch(): void {
    const timer = setInterval(() => {
      if (this.dead) return clearInterval(timer)
      if (this.#owed === MOST_OWED) return this.#end()
      this.#owed++
      this.#send({ type: 'ping' })
    }, ASK_EVERY_MS)
    timer.unref()
  }

  #take({ id, verdict }: Extract<HostReply, { type: 'graded' }>): void {
    this.#pending.get(id)?.resolve(verdict)
    this.#pending.delete(id)
  }

  #send(request: HostRequest): void {
    this.#process.send(request, (error) => {
      if (error) this.#end()
    })
  }

  #end(): void {
    this.dead = true
    this.#process.kill('SIGKILL')
    for (const { reject } of this.#pending.values()) reject(new HostDied('the sandbox host has ended'))
    this.#pending.clear()
  }
}
