export interface LsmDisk {
  appendWal(rec: string): void
  clearWal(): void
  readWal(): string[]
  putTable(id: number, level: number, data: string): void
  dropTable(id: number): void
  tables(): Array<{ id: number; level: number; data: string }>
}

export interface LsmOptions {
  memtableMax: number
  level0Max: number
  fanout: number
}

export class LsmTree {
  constructor(disk: LsmDisk, opts: LsmOptions) {
    throw new Error('not implemented')
  }

  put(key: string, value: string): void {
    throw new Error('not implemented')
  }

  delete(key: string): void {
    throw new Error('not implemented')
  }

  get(key: string): string | undefined {
    throw new Error('not implemented')
  }

  /** Entries with keys from lo on and below hi. */
  scan(lo: string, hi: string): Array<[string, string]> {
    throw new Error('not implemented')
  }

  flush(): void {
    throw new Error('not implemented')
  }

  compact(): void {
    throw new Error('not implemented')
  }

  stats(): { levels: number[]; tableReads: number; filterSkips: number } {
    throw new Error('not implemented')
  }
}
