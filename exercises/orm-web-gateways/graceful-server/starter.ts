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

export class GracefulServer {
  constructor(opts: ServerOpts) {
    throw new Error('not implemented')
  }

  get state(): 'running' | 'draining' | 'stopped' {
    throw new Error('not implemented')
  }

  get ready(): boolean {
    throw new Error('not implemented')
  }

  /** Handles this signal from now on. */
  on(sig: Signal): void {
    throw new Error('not implemented')
  }

  /** The process receives a signal. Resolves when what it set off is over. */
  async signal(sig: Signal): Promise<void> {
    throw new Error('not implemented')
  }

  /** The response on this connection has been sent, or the connection broke. */
  requestDone(connId: string): void {
    throw new Error('not implemented')
  }

  onShutdown(hook: (deadlineMs: number) => Promise<void> | void): void {
    throw new Error('not implemented')
  }
}
