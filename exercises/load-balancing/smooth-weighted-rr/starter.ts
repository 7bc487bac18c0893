/** The numbers of one server. */
export interface Entry {
  id: string
  weight: number
  effective: number
  current: number
}

/** Round robin in which each server gets its exact share, spread as evenly as possible. */
export class SmoothWRR {
  constructor(servers: ReadonlyArray<{ id: string; weight: number }>, opts: { failPenalty?: number } = {}) {
    throw new Error('not implemented')
  }

  /** The server for the next request, or null if there is none. */
  next(): string | null {
    throw new Error('not implemented')
  }

  /** Tells how a request to this server ended. */
  report(id: string, ok: boolean): void {
    throw new Error('not implemented')
  }

  setWeight(id: string, weight: number): void {
    throw new Error('not implemented')
  }

  remove(id: string): void {
    throw new Error('not implemented')
  }

  /** A copy of the numbers of all servers, in their order. */
  snapshot(): Entry[] {
    throw new Error('not implemented')
  }
}
