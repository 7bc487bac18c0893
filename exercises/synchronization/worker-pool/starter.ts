/** The queue of the pool is full. */
export class PoolFullError extends Error {
  override name = 'PoolFullError'
}

/** The pool has been closed. */
export class PoolClosedError extends Error {
  override name = 'PoolClosedError'
}

/** Runs tasks, at most `size` of them at a time; the others wait in a queue. */
export class WorkerPool {
  constructor(opts: { size: number; maxQueue?: number }) {
    throw new Error('not implemented')
  }

  /** Settles as the task does. */
  submit<T>(task: () => Promise<T> | T): Promise<T> {
    throw new Error('not implemented')
  }

  resize(size: number): void {
    throw new Error('not implemented')
  }

  /** Takes no further task; resolves when the last one has ended. */
  close(opts: { drain?: boolean } = {}): Promise<void> {
    throw new Error('not implemented')
  }

  get running(): number {
    throw new Error('not implemented')
  }

  get queued(): number {
    throw new Error('not implemented')
  }
}

/** Calls `fn` for every item, at most `limit` calls at a time, and resolves with the results in order. */
export function mapLimit<T, R>(
  items: Iterable<T>,
  limit: number,
  fn: (item: T, index: number) => Promise<R>,
): Promise<R[]> {
  throw new Error('not implemented')
}
