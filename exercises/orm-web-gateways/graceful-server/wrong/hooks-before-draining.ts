// Runs the hooks while requests still need what they take down.
export interface Timers {
  now(): number
  setTimeout(fn: () => void, ms: number): number
  clearTimeout(id: number): void
}

export type Signal = 'SIGINT' | 'SIGTERM' | 'SIGQUIT' | 'SIGHUP' | 'SIGKILL' | 'SIGSTOP'

export interface Conn {
  readonly id: string
  /** Whether a request is being answered on it. Kept up to date from outside. */
  busy: boolean
  /** Closes it at once, whatever is going on. */
  close(): void
  /** Lets it close by itself when the current response has been sent. */
  closeAfterResponse(): void
}

export interface Listener {
  onConnection(cb: (c: Conn) => void): void
  close(): void
}

export interface ServerOpts {
  listener: Listener
  timers: Timers
  drainMs: number
  /** Starts a new process that inherits the listener; true when it is ready, false or a rejection if it failed. */
  spawnChild: (inherited: Listener) => Promise<boolean>
  exit: (code: number) => void
}

/** Numbers of the signals that end a process which does not handle them. */
const LETHAL: Partial<Record<Signal, number>> = { SIGHUP: 1, SIGINT: 2, SIGQUIT: 3, SIGKILL: 9, SIGTERM: 15 }

export class GracefulServer {
  readonly #opts: ServerOpts
  readonly #handled = new Set<Signal>()
  readonly #hooks: Array<(deadlineMs: number) => Promise<void> | void> = []
  /** Connections that have not been closed yet. */
  readonly #open = new Map<string, Conn>()
  #state: 'running' | 'draining' | 'stopped' = 'running'
  #childIsStarting = false
  #timer: number | null = null

  readonly #drained = signalOnce()
  readonly #stopped = signalOnce()

  constructor(opts: ServerOpts) {
    if (!Number.isFinite(opts.drainMs) || opts.drainMs < 0) throw new RangeError('drainMs is a time')
    this.#opts = opts
    opts.listener.onConnection((conn) => {
      // One that was accepted just before the listener closed has not asked for anything yet.
      if (this.#state === 'running') this.#open.set(conn.id, conn)
      else conn.close()
    })
  }

  get state(): 'running' | 'draining' | 'stopped' {
    return this.#state
  }

  get ready(): boolean {
    return this.#state === 'running'
  }

  on(sig: Signal): void {
    if (sig === 'SIGKILL' || sig === 'SIGSTOP') throw new RangeError(`${sig} cannot be caught`)
    this.#handled.add(sig)
  }

  onShutdown(hook: (deadlineMs: number) => Promise<void> | void): void {
    this.#hooks.push(hook)
  }

  async signal(sig: Signal): Promise<void> {
    if (!this.#handled.has(sig)) {
      const number = LETHAL[sig]
      if (number !== undefined) this.#stop(128 + number)
    } else if (sig === 'SIGHUP') {
      await this.#replace()
    } else if (this.#state === 'running') {
      await this.#shutDown()
    } else {
      this.#cutOff()
    }
  }

  requestDone(connId: string): void {
    if (this.#state === 'running') return
    this.#open.delete(connId)
    this.#noteDrained()
  }

  /** The child must be ready before this process lets go: until then it is the only one that accepts. */
  async #replace(): Promise<void> {
    if (this.#state !== 'running' || this.#childIsStarting) return
    this.#childIsStarting = true
    const isReady = await this.#startChild()
    this.#childIsStarting = false
    if (isReady && this.#state === 'running') await this.#shutDown()
  }

  async #startChild(): Promise<boolean> {
    try {
      return await this.#opts.spawnChild(this.#opts.listener)
    } catch {
      return false
    }
  }

  async #shutDown(): Promise<void> {
    const { listener, timers, drainMs } = this.#opts
    this.#state = 'draining'
    const deadline = timers.now() + drainMs
    // One deadline for all: connections and hooks.
    this.#timer = timers.setTimeout(() => this.#cutOff(), drainMs)
    listener.close()
    for (const conn of [...this.#open.values()]) {
      if (conn.busy) {
        conn.closeAfterResponse()
      } else {
        this.#open.delete(conn.id)
        conn.close()
      }
    }
    this.#noteDrained()
    void this.#cleanUp(deadline)
    await this.#stopped.promise
  }

  #noteDrained(): void {
    if (this.#open.size === 0) this.#drained.fire()
  }

  /** What was set up last may rest on what was set up before, so it goes first. */
  async #cleanUp(deadline: number): Promise<void> {
    let code = 0
    for (const hook of this.#hooks.reverse()) {
      if (this.#state === 'stopped') return
      try {
        await hook(deadline)
      } catch {
        code = 1
      }
    }
    await this.#drained.promise
    this.#stop(code)
  }

  #cutOff(): void {
    if (this.#state === 'stopped') return
    for (const conn of this.#open.values()) conn.close()
    this.#stop(1)
  }

  /** The only way out, taken once. */
  #stop(code: number): void {
    if (this.#state === 'stopped') return
    this.#state = 'stopped'
    if (this.#timer !== null) this.#opts.timers.clearTimeout(this.#timer)
    this.#opts.exit(code)
    this.#stopped.fire()
  }
}

function signalOnce(): { promise: Promise<void>; fire: () => void } {
  let fire = () => {}
  const promise = new Promise<void>((resolve) => {
    fire = resolve
  })
  return { promise, fire }
}
