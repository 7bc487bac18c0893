import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { z } from 'zod'

const SCRIPT = path.join(import.meta.dirname, 'server-child.js')

/** Long enough for a slow and busy machine; a start takes about 0.1 s. */
const START_TIMEOUT_MS = 20_000

const Reply = z.union([
  z.object({ ready: z.literal(true) }),
  z.object({ id: z.number(), code: z.string(), map: z.string() }),
  z.object({ id: z.number(), errors: z.array(z.unknown()) }),
])

/** The process ended before it answered. `cause` tells whether it was stopped for taking too long. */
export class CompileChildDied extends Error {
  override readonly name = 'CompileChildDied'
  constructor(override readonly cause: 'timeout' | 'exit') {
    super(`The compiler process ended without an answer (${cause}).`)
  }
}

interface Pending {
  id: number
  resolve: (value: { code: string; map: string }) => void
  reject: (error: unknown) => void
}

/** One compiler process with one request at a time. */
export class CompileChild {
  /** Requests answered so far. */
  served = 0
  dead = false
  #pending: Pending | null = null
  #nextId = 1
  readonly #process: ChildProcess

  private constructor(process: ChildProcess) {
    this.#process = process
    process.on('message', (message) => this.#receive(message))
    process.on('exit', () => this.#end('exit'))
    process.on('error', () => this.#end('exit'))
  }

  /** Starts a process under its limits and waits until it has compiled something. */
  static start(options: { memoryMiB: number }): Promise<CompileChild> {
    // One `ulimit` per limit: dash ignores a call with several. The chain ends at the first that cannot be set.
    const limits = `ulimit -d ${options.memoryMiB * 1024} && ulimit -c 0 && ulimit -t 300 && exec "$@"`
    const child = spawn('/bin/sh', ['-c', limits, 'sh', process.execPath, SCRIPT], {
      // Nothing of the server's environment; a group of its own, so that the compiler below it dies with it.
      env: { NODE_ENV: 'production' },
      detached: true,
      stdio: ['ignore', 'ignore', 'pipe', 'ipc'],
    })
    return new Promise((resolve, reject) => {
      let complaint = ''
      child.stderr?.setEncoding('utf8').on('data', (text: string) => (complaint = (complaint + text).slice(0, 2_000)))
      const fail = (reason: string): void => {
        clearTimeout(timer)
        killGroup(child)
        reject(new Error(`The compiler process did not start: ${reason}. ${complaint}`.trim()))
      }
      const timer = setTimeout(() => fail('it gave no sign of life'), START_TIMEOUT_MS)
      child.once('error', (error) => fail(error.message))
      child.once('exit', (code, signal) => fail(`exit ${signal ?? code}`))
      child.once('message', () => {
        clearTimeout(timer)
        child.removeAllListeners('exit').removeAllListeners('error')
        child.unref()
        child.channel?.unref()
        resolve(new CompileChild(child))
      })
    })
  }

  /**
   * Runs esbuild's `transform` in the process.
   * @throws CompileChildDied when the process dies or takes longer than `timeoutMs`, after which it is dead for good;
   *   `{ errors }` as esbuild would throw it when the source is wrong.
   */
  transform(source: string, options: object, timeoutMs: number): Promise<{ code: string; map: string }> {
    if (this.dead || this.#pending) return Promise.reject(new CompileChildDied('exit'))
    const id = this.#nextId++
    return new Promise<{ code: string; map: string }>((resolve, reject) => {
      const timer = setTimeout(() => this.#end('timeout'), timeoutMs)
      const settled = (): void => {
        clearTimeout(timer)
        this.served += 1
      }
      this.#pending = {
        id,
        resolve: (value) => (settled(), resolve(value)),
        reject: (error) => (settled(), reject(error)),
      }
      this.#process.send({ id, source, options }, (error) => {
        if (error) this.#end('exit')
      })
    })
  }

  kill(): void {
    this.#end('exit')
  }

  #receive(message: unknown): void {
    const reply = Reply.safeParse(message)
    const pending = this.#pending
    if (!reply.success || 'ready' in reply.data || reply.data.id !== pending?.id) return
    this.#pending = null
    if ('errors' in reply.data) pending.reject({ errors: reply.data.errors })
    else pending.resolve({ code: reply.data.code, map: reply.data.map })
  }

  #end(cause: 'timeout' | 'exit'): void {
    this.dead = true
    killGroup(this.#process)
    const pending = this.#pending
    this.#pending = null
    pending?.reject(new CompileChildDied(cause))
  }
}

function killGroup(child: ChildProcess): void {
  if (child.pid === undefined) return
  try {
    process.kill(-child.pid, 'SIGKILL')
  } catch {
    // The group is already gone.
  }
}
