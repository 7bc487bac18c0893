/** A list of the open lanes, asked in the order of the moment; a wait is one promise that any lane or the signal ends. */

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

interface Lane<T> {
  name: 'high' | 'low'
  source: Source<T>
}

/** Waits until one of the sources has something to say, or the signal aborts; leaves no subscription behind. */
function somethingHappens<T>(lanes: ReadonlyArray<Lane<T>>, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const subscriptions: Array<() => void> = []
    let isOver = false
    const unsubscribe = () => {
      for (const cancel of subscriptions.splice(0)) cancel()
      signal?.removeEventListener('abort', wake)
    }
    function wake(): void {
      isOver = true
      unsubscribe()
      resolve()
    }
    try {
      signal?.addEventListener('abort', wake)
      for (const { source } of lanes) {
        if (!isOver) subscriptions.push(source.onReady(wake))
      }
      if (isOver) unsubscribe()
    } catch (err) {
      unsubscribe()
      reject(err)
    }
  })
}

/** Hands all values of both sources to `handle`, one at a time, those of `high` first. */
export async function prioritySelect<T>(
  high: Source<T>,
  low: Source<T>,
  handle: (v: T, from: 'high' | 'low') => void | Promise<void>,
  opts: PriorityOpts = {},
): Promise<void> {
  const { starvationLimit: limit, signal } = opts
  if (limit !== undefined && (!Number.isInteger(limit) || limit < 1)) {
    throw new RangeError('starvationLimit must be a positive integer')
  }
  const stopIfAborted = () => {
    if (signal?.aborted) throw signal.reason
  }

  /** Lanes that have not said that they are closed, the urgent one first. */
  let open: Array<Lane<T>> = [
    { name: 'high', source: high },
    { name: 'low', source: low },
  ]
  let highsInARow = 0

  /** The next value, asking each open lane at most once. */
  const next = (): { value: T; from: 'high' | 'low' } | undefined => {
    const isStarving = limit !== undefined && highsInARow >= limit
    for (const lane of isStarving ? open.toReversed() : open) {
      stopIfAborted()
      const answer = lane.source.tryRecv()
      if (answer.state === 'value') return { value: answer.value, from: lane.name }
      if (answer.state === 'closed') open = open.filter((other) => other !== lane)
    }
    return undefined
  }

  for (;;) {
    stopIfAborted()
    const taken = next()
    if (taken) {
      await handle(taken.value, taken.from)
      highsInARow = taken.from === 'high' ? highsInARow + 1 : 0
    } else if (open.length === 0) {
      return
    } else {
      stopIfAborted()
      await somethingHappens(open, signal)
    }
  }
}
