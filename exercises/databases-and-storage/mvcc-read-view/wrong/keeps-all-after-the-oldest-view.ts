// Keeps every version that is newer than what the oldest view shows.
export type Level = 'read-uncommitted' | 'read-committed' | 'repeatable-read'

export class WriteConflictError extends Error {
  constructor(readonly holder: number) {
    super(`the row has been changed by transaction ${holder}, which has not ended`)
  }
}

export interface ReadView {
  creator: number
  active: ReadonlySet<number>
  low: number
  high: number
}

export function visible(trxId: number, view: ReadView): boolean {
  if (trxId === view.creator || trxId < view.low) return true
  return trxId < view.high && !view.active.has(trxId)
}

export interface Tx {
  readonly id: number
  read(key: string): string | undefined
  scan(prefix: string): Array<[string, string]>
  readLatest(key: string): string | undefined
  write(key: string, value: string | null): void
  commit(): void
  rollback(): void
}

interface Version {
  readonly trxId: number
  value: string | null
}

export class MvccTable {
  readonly #rows = new Map<string, Version[]>()
  readonly #active = new Map<number, Transaction>()
  #nextId = 1

  begin(level: Level): Tx {
    const tx = new Transaction(this.#nextId++, level, this.#rows, this.#active, () => this.#nextId)
    this.#active.set(tx.id, tx)
    return tx
  }

  versions(key: string): number {
    return this.#rows.get(key)?.length ?? 0
  }

  purge(): number {
    const views = [...this.#active.values()].flatMap(({ keptView }) => keptView ?? [])
    let dropped = 0
    for (const [key, chain] of this.#rows) {
      const newestCommitted = chain.find(({ trxId }) => !this.#active.has(trxId))
      const seen = views.map((view) => chain.find(({ trxId }) => visible(trxId, view)))
      const needed = new Set([newestCommitted, ...seen])
      const oldest = Math.max(...[...needed].flatMap((version) => (version ? chain.indexOf(version) : [])))
      const kept = chain.filter((version, i) => i <= oldest || this.#active.has(version.trxId))
      // A deletion with nothing left below it says no more than no version at all.
      for (let last = kept.at(-1); last?.value === null && !this.#active.has(last.trxId); last = kept.at(-1)) kept.pop()
      dropped += chain.length - kept.length
      if (kept.length > 0) this.#rows.set(key, kept)
      else this.#rows.delete(key)
    }
    return dropped
  }
}

class Transaction implements Tx {
  keptView: ReadView | null = null
  readonly #written = new Set<string>()

  constructor(
    readonly id: number,
    private readonly level: Level,
    private readonly rows: Map<string, Version[]>,
    private readonly active: Map<number, Transaction>,
    private readonly nextId: () => number,
  ) {}

  read(key: string): string | undefined {
    this.#requireActive()
    return this.#valueOf(key, this.#statementRule())
  }

  scan(prefix: string): Array<[string, string]> {
    this.#requireActive()
    const isVisible = this.#statementRule()
    const found: Array<[string, string]> = []
    for (const key of this.rows.keys()) {
      const value = key.startsWith(prefix) ? this.#valueOf(key, isVisible) : undefined
      if (value !== undefined) found.push([key, value])
    }
    return found.sort(([a], [b]) => (a < b ? -1 : 1))
  }

  readLatest(key: string): string | undefined {
    this.#requireActive()
    return this.#valueOf(key, (trxId) => trxId === this.id || !this.active.has(trxId))
  }

  write(key: string, value: string | null): void {
    this.#requireActive()
    const chain = this.rows.get(key) ?? []
    const [newest] = chain
    if (newest?.trxId === this.id) {
      newest.value = value
      return
    }
    if (newest !== undefined && this.active.has(newest.trxId)) throw new WriteConflictError(newest.trxId)
    chain.unshift({ trxId: this.id, value })
    this.rows.set(key, chain)
    this.#written.add(key)
  }

  commit(): void {
    this.#requireActive()
    this.active.delete(this.id)
  }

  rollback(): void {
    this.#requireActive()
    for (const key of this.#written) {
      // Nobody else can have written above an uncommitted version, so it is the newest.
      const chain = this.rows.get(key)
      chain?.shift()
      if (chain?.length === 0) this.rows.delete(key)
    }
    this.active.delete(this.id)
  }

  #statementRule(): (trxId: number) => boolean {
    if (this.level === 'read-uncommitted') return () => true
    const view = this.level === 'repeatable-read' ? (this.keptView ??= this.#takeView()) : this.#takeView()
    return (trxId) => visible(trxId, view)
  }

  #takeView(): ReadView {
    const others = [...this.active.keys()].filter((id) => id !== this.id)
    const high = this.nextId()
    return { creator: this.id, active: new Set(others), low: Math.min(high, ...others), high }
  }

  #valueOf(key: string, isVisible: (trxId: number) => boolean): string | undefined {
    return this.rows.get(key)?.find(({ trxId }) => isVisible(trxId))?.value ?? undefined
  }

  #requireActive(): void {
    if (!this.active.has(this.id)) throw new Error(`transaction ${this.id} has ended`)
  }
}
