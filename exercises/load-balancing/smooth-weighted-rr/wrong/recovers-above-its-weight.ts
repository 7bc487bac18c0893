// Forgets that the weight is the ceiling of the recovery.
/** The numbers of one server. */
export interface Entry {
  id: string
  weight: number
  effective: number
  current: number
}

/** Round robin in which each server gets its exact share, spread as evenly as possible. */
export class SmoothWRR {
  /** In the order given: a Map keeps it. */
  readonly #entries = new Map<string, Entry>()
  readonly #failPenalty: number

  constructor(servers: ReadonlyArray<{ id: string; weight: number }>, opts: { failPenalty?: number } = {}) {
    this.#failPenalty = checked(opts.failPenalty ?? 2, 'failPenalty')
    for (const { id, weight } of servers) {
      if (this.#entries.has(id)) throw new RangeError(`server ${id} is listed twice`)
      this.#entries.set(id, { id, weight: checked(weight, 'weight'), effective: weight, current: 0 })
    }
  }

  /** The server for the next request, or null if there is none. */
  next(): string | null {
    let best: Entry | null = null
    let total = 0
    for (const entry of this.#entries.values()) {
      if (entry.weight === 0) continue
      entry.current += entry.effective
      total += entry.effective
      entry.effective++
      if (best === null || entry.current > best.current) best = entry
    }
    if (best === null) return null
    // What all have gained, the winner pays: the currents always add up to the same.
    best.current -= total
    return best.id
  }

  /** Tells how a request to this server ended. */
  report(id: string, ok: boolean): void {
    const entry = this.#entries.get(id)
    if (ok || entry === undefined) return
    entry.effective = Math.max(0, entry.effective - this.#failPenalty)
  }

  setWeight(id: string, weight: number): void {
    const entry = this.#entries.get(id)
    if (entry === undefined) throw new RangeError(`there is no server ${id}`)
    entry.weight = checked(weight, 'weight')
    entry.effective = weight
  }

  remove(id: string): void {
    this.#entries.delete(id)
  }

  /** A copy of the numbers of all servers, in their order. */
  snapshot(): Entry[] {
    return Array.from(this.#entries.values(), (entry) => ({ ...entry }))
  }
}

function checked(value: number, name: string): number {
  if (!Number.isInteger(value) || value < 0) throw new RangeError(`${name} must be an integer of at least 0`)
  return value
}
