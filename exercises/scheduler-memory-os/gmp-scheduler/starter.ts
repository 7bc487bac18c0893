export type From = 'tick-global' | 'runnext' | 'local' | 'global' | 'netpoll' | 'steal' | 'idle'

export class GMP {
  constructor(opts: { procs: number; localCap?: number; globalEvery?: number; rng: () => number }) {
    throw new Error('not implemented')
  }

  /** The code that runs on P p starts a new G. */
  go(id: string, p: number): void {
    throw new Error('not implemented')
  }

  pushGlobal(id: string): void {
    throw new Error('not implemented')
  }

  /** The network poller will report these Gs when it is asked. */
  netpollReady(ids: readonly string[]): void {
    throw new Error('not implemented')
  }

  /** P p is done with what it ran and looks for work. */
  schedule(p: number): { g: string | null; from: From } {
    throw new Error('not implemented')
  }

  /** What runs on P p gives way to others. */
  yieldBack(id: string, p: number): void {
    throw new Error('not implemented')
  }

  local(p: number): string[] {
    throw new Error('not implemented')
  }

  runnext(p: number): string | null {
    throw new Error('not implemented')
  }

  global(): string[] {
    throw new Error('not implemented')
  }
}
