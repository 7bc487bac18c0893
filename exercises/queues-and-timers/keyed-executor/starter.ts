/** Too many tasks of one key are waiting. */
export class QueueFullError extends Error {
  override readonly name = 'QueueFullError'
}

/** The executor takes no more tasks. */
export class ExecutorClosedError extends Error {
  override readonly name = 'ExecutorClosedError'
}

/** Runs tasks of one key one after another, and those of different keys side by side. */
export class KeyedExecutor {
  constructor(opts: { workers: number; maxQueuePerKey?: number }) {
    throw new Error('not implemented')
  }

  /** Running tasks. */
  get active(): number {
    throw new Error('not implemented')
  }

  /** Keys with a task that runs or waits. */
  get trackedKeys(): number {
    throw new Error('not implemented')
  }

  /** Settles as the task does. */
  submit<T>(key: string, task: () => Promise<T> | T): Promise<T> {
    throw new Error('not implemented')
  }

  /** Waiting tasks, of one key or of all. */
  pending(key?: string): number {
    throw new Error('not implemented')
  }

  /** Resolves when no task runs or waits. */
  idle(): Promise<void> {
    throw new Error('not implemented')
  }

  /** Takes no more tasks; resolves when those it has are done. */
  close(): Promise<void> {
    throw new Error('not implemented')
  }
}
