/** Clock and timers; times in milliseconds. */
export interface Timers {
  now(): number
  setTimeout(fn: () => void, ms: number): number
  clearTimeout(id: number): void
}

/** Lets a fixed number of workers go one after another, round and round, beginning with worker 0. */
export class TurnGate {
  constructor(workers: number) {
    throw new Error('not implemented')
  }

  /** Resolves when it is the worker's turn. */
  wait(worker: number): Promise<void> {
    throw new Error('not implemented')
  }

  /** Hands the turn over to the next worker. */
  pass(worker: number): void {
    throw new Error('not implemented')
  }

  /** Ends the game: who waits, now or later, gets the error. */
  stop(err?: Error): void {
    throw new Error('not implemented')
  }
}

/** Every word has a worker of its own, which prints it once in each round. */
export function printInTurn(
  words: readonly string[],
  rounds: number,
  out: (word: string, worker: number) => void | Promise<void>,
): Promise<void> {
  throw new Error('not implemented')
}

/** One item of `a`, one of `b`, and so on; when one has ended, the rest of the other. */
export function alternate(
  a: Iterable<string>,
  b: Iterable<string>,
  out: (item: string, from: 'a' | 'b') => void,
): Promise<void> {
  throw new Error('not implemented')
}

/** Starts all tasks and says, after `ms` at the latest, how each ended. */
export function runWithin(
  tasks: Readonly<Record<string, (signal: AbortSignal) => Promise<void>>>,
  ms: number,
  timers: Timers,
): Promise<Record<string, 'done' | 'failed' | 'timeout'>> {
  throw new Error('not implemented')
}
