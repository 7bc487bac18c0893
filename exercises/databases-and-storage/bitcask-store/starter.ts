/** A folder of files that only grow; `append` returns the offset at which the data begins. */
export interface Files {
  append(file: string, data: Uint8Array): number
  read(file: string, offset: number, length: number): Uint8Array
  size(file: string): number
  list(): string[]
  remove(file: string): void
}

export class Bitcask {
  static open(files: Files, opts: { maxFileBytes: number }): Bitcask {
    throw new Error('not implemented')
  }

  /** Bytes of the records that hold present values. */
  get liveBytes(): number {
    throw new Error('not implemented')
  }

  /** Bytes of all data files. */
  get totalBytes(): number {
    throw new Error('not implemented')
  }

  put(key: string, value: string): void {
    throw new Error('not implemented')
  }

  get(key: string): string | undefined {
    throw new Error('not implemented')
  }

  /** Whether the key was there. */
  delete(key: string): boolean {
    throw new Error('not implemented')
  }

  keys(): string[] {
    throw new Error('not implemented')
  }

  merge(): { bytesBefore: number; bytesAfter: number } {
    throw new Error('not implemented')
  }
}
