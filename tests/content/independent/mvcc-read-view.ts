/** Every row is a chain of versions from old to new; a level is nothing but the rule by which a reader picks one of them. */

export type Level = 'read-uncommitted' | 'read-committed' | 'repeatable-read'

export class WriteConflictError extends Error {
  constructor(readonly holder: number) {
    super(`transaction ${holder} has changed this row and not ended`)
    this.name = 'WriteConflictError'
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
  readonly writer: number
  /** `null` for a deletion. */
  value: string | null
}

/** Says whether a reader may see what this transaction has written. */
type Shows = (writer: number) => boolean

/** What a transaction needs of the table. */
interface Engine {
  newest(key: string, shows: Shows): Version | undefined
  keys(): Iterable<string>
  isActive(id: number): boolean
  takeView(creator: number): ReadView
  append(key: string, version: Version): void
  takeBack(key: string, writer: number): void
  end(id: number): void
}

class Transaction implements Tx {
  /** The view that a repeatable read keeps. */
  kept: ReadView | null = null
  private readonly written = new Set<string>()
  private ended = false

  constructor(
    readonly id: number,
    private readonly level: Level,
    private readonly engine: Engine,
  ) {}

  read(key: string): string | undefined {
    this.ensureOpen()
    return this.engine.newest(key, this.sight())?.value ?? undefined
  }

  scan(prefix: string): Array<[string, string]> {
    this.ensureOpen()
    const shows = this.sight()
    const rows: Array<[string, string]> = []
    for (const key of this.engine.keys()) {
      if (!key.startsWith(prefix)) continue
      const value = this.engine.newest(key, shows)?.value ?? null
      if (value !== null) rows.push([key, value])
    }
    return rows.sort(([a], [b]) => (a < b ? -1 : 1))
  }

  readLatest(key: string): string | undefined {
    this.ensureOpen()
    return this.engine.newest(key, (writer) => writer === this.id || !this.engine.isActive(writer))?.value ?? undefined
  }

  write(key: string, value: string | null): void {
    this.ensureOpen()
    const last = this.engine.newest(key, () => true)
    if (last?.writer === this.id) {
      last.value = value
      return
    }
    if (last !== undefined && this.engine.isActive(last.writer)) throw new WriteConflictError(last.writer)
    this.engine.append(key, { writer: this.id, value })
    this.written.add(key)
  }

  commit(): void {
    this.ensureOpen()
    this.finish()
  }

  rollback(): void {
    this.ensureOpen()
    for (const key of this.written) this.engine.takeBack(key, this.id)
    this.finish()
  }

  /** What one call of `read` or `scan` may see. */
  private sight(): Shows {
    if (this.level === 'read-uncommitted') return () => true
    const view = this.kept ?? this.engine.takeView(this.id)
    if (this.level === 'repeatable-read') this.kept = view
    return (writer) => visible(writer, view)
  }

  private finish(): void {
    this.ended = true
    this.engine.end(this.id)
  }

  private ensureOpen(): void {
    if (this.ended) throw new Error(`transaction ${this.id} has ended`)
  }
}

export class MvccTable {
  private readonly rows = new Map<string, Version[]>()
  private readonly active = new Map<number, Transaction>()
  private nextId = 1

  private readonly engine: Engine = {
    newest: (key, shows) => this.rows.get(key)?.findLast(({ writer }) => shows(writer)),
    keys: () => this.rows.keys(),
    isActive: (id) => this.active.has(id),
    takeView: (creator) => this.takeView(creator),
    append: (key, version) => {
      const chain = this.rows.get(key)
      if (chain === undefined) this.rows.set(key, [version])
      else chain.push(version)
    },
    takeBack: (key, writer) => {
      const chain = this.rows.get(key) ?? []
      this.store(
        key,
        chain.filter((version) => version.writer !== writer),
      )
    },
    end: (id) => void this.active.delete(id),
  }

  begin(level: Level): Tx {
    const tx = new Transaction(this.nextId++, level, this.engine)
    this.active.set(tx.id, tx)
    return tx
  }

  /** Drops the versions that nobody can need any more; returns how many. */
  purge(): number {
    const readers: Shows[] = [(writer) => !this.active.has(writer)]
    for (const { kept } of this.active.values()) {
      if (kept !== null) readers.push((writer) => visible(writer, kept))
    }
    let dropped = 0
    for (const [key, chain] of this.rows) {
      const needed = new Set(readers.map((shows) => chain.findLast(({ writer }) => shows(writer))))
      const left = chain.filter((version) => needed.has(version) || this.active.has(version.writer))
      const start = left.findIndex(({ writer, value }) => value !== null || this.active.has(writer))
      const remaining = start < 0 ? [] : left.slice(start)
      dropped += chain.length - remaining.length
      this.store(key, remaining)
    }
    return dropped
  }

  /** How many versions of a row are kept. */
  versions(key: string): number {
    return this.rows.get(key)?.length ?? 0
  }

  private takeView(creator: number): ReadView {
    const others = new Set(this.active.keys())
    others.delete(creator)
    // Ids are handed out in ascending order, so the first of them is the smallest.
    const [low = this.nextId] = others
    return { creator, active: others, low, high: this.nextId }
  }

  private store(key: string, chain: Version[]): void {
    if (chain.length === 0) this.rows.delete(key)
    else this.rows.set(key, chain)
  }
}
