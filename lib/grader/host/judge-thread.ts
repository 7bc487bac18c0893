import { Worker } from 'node:worker_threads'
import { BrokenExercise } from '../exercise'
import type { CompiledTests, JudgedTest, JudgeOutcome, JudgeReply, JudgeRequest, JudgeTask, ListedTest } from '../judge/messages'

/** Heap of a judge, MiB. The largest frame that a guest may send takes up to 120 of it. */
const HEAP_MIB = 384
const START_TIMEOUT_MS = 20_000
/** A test file that takes longer to be listed never ends. */
const LIST_TIMEOUT_MS = 10_000

/** A thread that has been told to end does so within this time. */
const STUCK_MS = 15_000

/** The thread ended before it answered. */
export class JudgeDied extends Error {
  override readonly name = 'JudgeDied'
  constructor(override readonly cause: 'memory' | 'stopped' | 'exception', detail = '') {
    super(`The judge ended without an answer (${cause}). ${detail}`.trim())
  }
}

interface Pending {
  receive: (reply: JudgeReply) => void
  reject: (reason: JudgeDied) => void
}

/** The host's handle on one judge. */
export class JudgeThread {
  dead = false
  readonly #worker: Worker
  #pending: Pending | null = null

  private constructor(worker: Worker) {
    this.#worker = worker
    worker.on('message', (reply: JudgeReply) => this.#pending?.receive(reply))
    worker.on('error', (error: NodeJS.ErrnoException) => {
      this.#end(error.code === 'ERR_WORKER_OUT_OF_MEMORY' ? 'memory' : 'exception', error.message)
    })
    worker.on('exit', () => this.#end('exception'))
  }

  /** Starts a thread and waits until it has loaded everything. */
  static async start(script: string): Promise<JudgeThread> {
    const worker = new Worker(script, {
      env: {},
      argv: [],
      execArgv: [],
      stdout: true,
      stderr: true,
      resourceLimits: { maxOldGenerationSizeMb: HEAP_MIB, stackSizeMb: 8 },
    })
    worker.stdout.resume()
    worker.stderr.resume()
    const judge = new JudgeThread(worker)
    await judge.#ask<true>(null, START_TIMEOUT_MS, (reply) => (reply.type === 'ready' ? true : undefined))
    return judge
  }

  /** Lists the tests of a file. @throws BrokenExercise when it cannot be read to its end */
  async list(tests: CompiledTests): Promise<ListedTest[]> {
    const answer = await this.#ask({ type: 'list', tests }, LIST_TIMEOUT_MS, (reply) => {
      return reply.type === 'listed' ? reply : undefined
    })
    if (answer.problem !== null) throw new BrokenExercise(`The hidden tests cannot be listed: ${answer.problem}`)
    return answer.tests
  }

  /** Runs the tests. @throws JudgeDied, also when `stop` was called */
  judge(task: JudgeTask, onStarted: () => void, onEnded: (test: JudgedTest) => void): Promise<JudgeOutcome> {
    return this.#ask({ type: 'judge', task }, null, (reply) => {
      if (reply.type === 'started') onStarted()
      if (reply.type === 'ended') onEnded(reply.test)
      return reply.type === 'judged' ? reply.outcome : undefined
    })
  }

  /** Ends the thread. A call that blocks in it must have been woken before. */
  async stop(): Promise<void> {
    this.#end('stopped')
    // A built-in that nothing can interrupt holds the thread: then this whole process gives way to a new one.
    const stuck = setTimeout(() => process.kill(process.pid, 'SIGKILL'), STUCK_MS)
    await this.#worker.terminate()
    clearTimeout(stuck)
  }

  #ask<T>(request: JudgeRequest | null, timeoutMs: number | null, read: (reply: JudgeReply) => T | undefined): Promise<T> {
    if (this.dead) return Promise.reject(new JudgeDied('stopped'))
    return new Promise<T>((resolve, reject) => {
      const timer = timeoutMs === null ? undefined : setTimeout(() => void this.stop(), timeoutMs)
      const settle = (finish: () => void): void => {
        clearTimeout(timer)
        this.#pending = null
        finish()
      }
      this.#pending = {
        receive: (reply) => {
          const answer = read(reply)
          if (answer !== undefined) settle(() => resolve(answer))
        },
        reject: (reason) => settle(() => reject(reason)),
      }
      if (request) this.#worker.postMessage(request)
    })
  }

  #end(cause: 'memory' | 'stopped' | 'exception', detail?: string): void {
    this.dead = true
    this.#pending?.reject(new JudgeDied(cause, detail))
  }
}
