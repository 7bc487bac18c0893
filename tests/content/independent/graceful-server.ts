/** A table of what each signal does, and a shutdown that is an object of its own with one way to its end. */
export interface Timers {
  now(): number
  setTimeout(fn: () => void, ms: number): number
  clearTimeout(id: number): void
}

export type Signal = 'SIGINT' | 'SIGTERM' | 'SIGQUIT' | 'SIGHUP' | 'SIGKILL' | 'SIGSTOP'

export interface Conn {
  readonly id: string
  busy: boolean
  close(): void
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
  spawnChild: (inherited: Listener) => Promise<boolean>
  exit: (code: number) => void
}

type Hook = (deadlineMs: number) => Promise<void> | void

/** What the default effect of a signal adds to 128; null: no effect. */
const NUMBERS: Readonly<Record<Signal, number | null>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGKILL: 9,
  SIGTERM: 15,
  SIGSTOP: null,
}

/** Calls something from outside whose failure must not stop what we are doing. */
function attempt(fn: () => void): void {
  try {
    fn()
  } catch {
    // Nobody could do anything about it.
  }
}

interface Shutdown {
  readonly deadline: number
  readonly timer: number
  /** Busy connections that have not been reported. */
  readonly waitingFor: Map<string, Conn>
  /** The waiting begins when all connections have been told. */
  told: boolean
}

export class GracefulServer {
  private readonly opts: ServerOpts
  private readonly handled = new Set<Signal>()
  private readonly connections = new Map<string, Conn>()
  private readonly hooks: Hook[] = []
  private phase: 'running' | 'draining' | 'stopped' = 'running'
  private shutdown: Shutdown | null = null
  private startingChild = false
  private readonly ended: Promise<void>
  private tellEnded: () => void = () => {}

  constructor(opts: ServerOpts) {
    if (!Number.isFinite(opts.drainMs) || opts.drainMs < 0) {
      throw new RangeError('drainMs must be a finite number of at least 0')
    }
    this.opts = opts
    this.ended = new Promise((resolve) => {
      this.tellEnded = resolve
    })
    opts.listener.onConnection((connection) => {
      if (this.phase === 'running') this.connections.set(connection.id, connection)
      else attempt(() => connection.close())
    })
  }

  get state(): 'running' | 'draining' | 'stopped' {
    return this.phase
  }

  get ready(): boolean {
    return this.phase === 'running'
  }

  on(sig: Signal): void {
    if (sig === 'SIGKILL' || sig === 'SIGSTOP') throw new RangeError(`${sig} cannot be caught`)
    this.handled.add(sig)
  }

  async signal(sig: Signal): Promise<void> {
    if (this.phase === 'stopped') return
    if (!this.handled.has(sig)) {
      const number = NUMBERS[sig]
      if (number !== null) this.end(128 + number)
    } else if (sig === 'SIGHUP') {
      await this.restart()
    } else {
      if (this.phase === 'draining') this.force()
      else this.drain()
      await this.ended
    }
  }

  requestDone(connId: string): void {
    if (this.shutdown?.waitingFor.delete(connId)) this.cleanUpIfDrained(this.shutdown)
  }

  onShutdown(hook: Hook): void {
    this.hooks.push(hook)
  }

  private async restart(): Promise<void> {
    if (this.startingChild || this.phase !== 'running') return
    this.startingChild = true
    // What came of the child, unless the process ends before.
    await Promise.race([this.ended, this.startChild()])
  }

  private async startChild(): Promise<void> {
    let succeeded = false
    try {
      succeeded = await this.opts.spawnChild(this.opts.listener)
    } catch {
      // The same as false.
    }
    this.startingChild = false
    if (!succeeded) return
    if (this.phase === 'running') this.drain()
    await this.ended
  }

  private drain(): void {
    const { listener, timers, drainMs } = this.opts
    this.phase = 'draining'
    const shutdown: Shutdown = {
      deadline: timers.now() + drainMs,
      timer: timers.setTimeout(() => this.force(), drainMs),
      waitingFor: new Map(),
      told: false,
    }
    this.shutdown = shutdown
    attempt(() => listener.close())
    for (const connection of this.connections.values()) {
      if (connection.busy) {
        shutdown.waitingFor.set(connection.id, connection)
        attempt(() => connection.closeAfterResponse())
      } else {
        attempt(() => connection.close())
      }
    }
    this.connections.clear()
    shutdown.told = true
    this.cleanUpIfDrained(shutdown)
  }

  private cleanUpIfDrained({ told, waitingFor, deadline }: Shutdown): void {
    if (told && waitingFor.size === 0) void this.cleanUp(deadline)
  }

  private async cleanUp(deadline: number): Promise<void> {
    let code = 0
    for (const hook of [...this.hooks].reverse()) {
      if (this.phase === 'stopped') return
      try {
        await hook(deadline)
      } catch {
        code = 1
      }
    }
    this.end(code)
  }

  private force(): void {
    if (this.phase === 'stopped') return
    const cutOff = [...(this.shutdown?.waitingFor.values() ?? [])]
    this.shutdown?.waitingFor.clear()
    this.phase = 'stopped'
    for (const connection of cutOff) attempt(() => connection.close())
    this.exit(1)
  }

  private end(code: number): void {
    if (this.phase === 'stopped') return
    this.phase = 'stopped'
    this.shutdown?.waitingFor.clear()
    this.exit(code)
  }

  private exit(code: number): void {
    if (this.shutdown !== null) this.opts.timers.clearTimeout(this.shutdown.timer)
    this.opts.exit(code)
    this.tellEnded()
  }
}
