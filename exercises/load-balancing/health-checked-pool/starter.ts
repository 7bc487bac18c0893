/** The clock and the timers to use. */
export interface Timers {
  now(): number
  setTimeout(fn: () => void, ms: number): number
  clearTimeout(id: number): void
}

export interface HealthOpts {
  /** Successes in a row that bring a server up. */
  rise: number
  /** Failures in a row that take a server down. */
  fall: number
  /** How long a check may take. */
  timeoutMs: number
  /** How servers begin; default: up. */
  initial?: 'up' | 'down'
  /** If a smaller part of all servers is up, all are used; from 0 (the default) to 1. */
  minHealthyRatio?: number
  check: (id: string) => Promise<boolean>
  timers: Timers
  onChange?: (id: string, state: 'up' | 'down') => void
}

/** Servers, of which those are used that answer their health checks. */
export class HealthPool {
  constructor(opts: HealthOpts) {
    throw new Error('not implemented')
  }

  add(id: string): void {
    throw new Error('not implemented')
  }

  remove(id: string): void {
    throw new Error('not implemented')
  }

  /** Checks every server once; resolves when all have a result. Joins a round that is running. */
  tick(): Promise<void> {
    throw new Error('not implemented')
  }

  /** The servers that are up, in the order they were added. */
  get healthy(): string[] {
    throw new Error('not implemented')
  }

  /** The next usable server, or null. */
  pick(): string | null {
    throw new Error('not implemented')
  }
}
