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

type Rank = 'high' | 'low'

/** Hands all values of both sources to `handle`, one at a time, those of `high` first. */
export async function prioritySelect<T>(
  high: Source<T>,
  low: Source<T>,
  handle: (v: T, from: Rank) => void | Promise<void>,
  { starvationLimit = Number.POSITIVE_INFINITY, signal }: PriorityOpts = {},
): Promise<void> {
  if (starvationLimit !== Number.POSITIVE_INFINITY && !(Number.isInteger(starvationLimit) && starvationLimit >= 1)) {
    throw new RangeError('starvationLimit must be a positive integer')
  }
  /** The sources that are not known to be closed. */
  const open = new Map<Rank, Source<T>>([
    ['high', high],
    ['low', low],
  ])
  /** High values handled since the last low one. */
  let streak = 0

  const take = (order: readonly Rank[]): { value: T; from: Rank } | null => {
    for (const from of order) {
      const next = open.get(from)?.tryRecv()
      if (next?.state === 'value') return { value: next.value, from }
      // A closed source would answer at once for ever: like a nil channel in Go, it takes no further part.
      if (next?.state === 'closed') open.delete(from)
    }
    return null
  }

  for (;;) {
    signal?.throwIfAborted()
    // Taken only now, when nothing can come between taking and handling: so no later value can be more urgent.
    const taken = take(streak >= starvationLimit ? ['low', 'high'] : ['high', 'low'])
    if (taken) {
      const spare = taken.from === 'high' ? take(['low']) : null
      await handle(taken.value, taken.from)
      if (spare) await handle(spare.value, spare.from)
      streak = taken.from === 'high' ? streak + 1 : 0
    } else if (open.size > 0) {
      await untilReady([...open.values()], signal)
    } else {
      return
    }
  }
}

/** Resolves when one of the sources speaks up, rejects when `signal` aborts; listens to nothing afterwards. */
function untilReady(sources: ReadonlyArray<Source<unknown>>, signal: AbortSignal | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    const stopListening = () => {
      for (const unsubscribe of unsubscribes) unsubscribe()
      signal?.removeEventListener('abort', onAbort)
    }
    const onReady = () => {
      stopListening()
      resolve()
    }
    const onAbort = () => {
      stopListening()
      reject(signal?.reason)
    }
    const unsubscribes = sources.map((source) => source.onReady(onReady))
    signal?.addEventListener('abort', onAbort)
  })
}
