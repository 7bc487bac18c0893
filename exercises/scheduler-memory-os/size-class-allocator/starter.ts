export interface Addr {
  readonly page: number
  readonly offset: number
  readonly size: number
}

/** No run of free pages is long enough. */
export class OutOfMemoryError extends Error {
  override name = 'OutOfMemoryError'
}

export interface AllocStats {
  centralLocks: number
  heapLocks: number
  tinyCombined: number
  pagesInUse: number
  wastedBytes: number
}

export class Allocator {
  constructor(opts: { procs: number; sizeClasses: readonly number[]; pageSize: number; heapPages: number }) {
    throw new Error('not implemented')
  }

  /** Allocates for code that runs on P p; noscan says that there are no pointers within. */
  malloc(p: number, size: number, noscan: boolean): Addr {
    throw new Error('not implemented')
  }

  free(a: Addr): void {
    throw new Error('not implemented')
  }

  /** The index of the smallest class that fits, or -1. */
  classOf(size: number): number {
    throw new Error('not implemented')
  }

  stats(): AllocStats {
    throw new Error('not implemented')
  }
}
