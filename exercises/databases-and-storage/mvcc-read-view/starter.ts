export type Level = 'read-uncommitted' | 'read-committed' | 'repeatable-read'

export class WriteConflictError extends Error {
  constructor(readonly holder: number) {
    super('not implemented')
  }
}

export interface ReadView {
  creator: number
  active: ReadonlySet<number>
  low: number
  high: number
}

export function visible(trxId: number, view: ReadView): boolean {
  throw new Error('not implemented')
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

export class MvccTable {
  begin(level: Level): Tx {
    throw new Error('not implemented')
  }

  /** Drops the versions that nobody can need any more; returns how many. */
  purge(): number {
    throw new Error('not implemented')
  }

  /** How many versions of a row are kept. */
  versions(key: string): number {
    throw new Error('not implemented')
  }
}
