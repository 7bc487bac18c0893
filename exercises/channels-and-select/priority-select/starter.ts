/** Where values come from. */
export interface Source<T> {
  /** Takes the next value, if there is one. */
  tryRecv(): { state: 'value'; value: T } | { state: 'empty' } | { state: 'closed' }
  /** Calls `cb` each time a value arrives or the source is closed, until the returned function is called. */
  onReady(cb: () => void): () => void
}

export interface PriorityOpts {
  starvationLimit?: number
  signal?: AbortSignal
}

/** Hands all values of both sources to `handle`, one at a time, those of `high` first. */
export function prioritySelect<T>(
  high: Source<T>,
  low: Source<T>,
  handle: (v: T, from: 'high' | 'low') => void | Promise<void>,
  opts: PriorityOpts = {},
): Promise<void> {
  throw new Error('not implemented')
}
