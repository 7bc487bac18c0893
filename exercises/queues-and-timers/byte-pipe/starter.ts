/** The source has ended; `n` bytes came before. */
export class EOFError extends Error {
  override readonly name = 'EOFError'
  readonly n: number

  constructor(n = 0) {
    super(`end of file after ${n} bytes`)
    this.n = n
  }
}

/** The source has ended in the middle of what was wanted, after `n` bytes of it. */
export class UnexpectedEOFError extends Error {
  override readonly name = 'UnexpectedEOFError'
  readonly n: number

  constructor(n = 0) {
    super(`unexpected end of file after ${n} bytes`)
    this.n = n
  }
}

/** What is wanted can never fit into the buffer. */
export class ShortBufferError extends Error {
  override readonly name = 'ShortBufferError'
}

/** Nobody will ever take, or give, what this end of the pipe is used for. */
export class ClosedPipeError extends Error {
  override readonly name = 'ClosedPipeError'
}

export interface Reader {
  /** Puts at least one byte at the beginning of buf, unless buf is empty; resolves to how many. */
  read(buf: Uint8Array): Promise<number>
}

export interface Writer {
  /** Takes all of data; resolves to its length. */
  write(data: Uint8Array): Promise<number>
}

/** A bounded queue of bytes. */
export class BytePipe implements Reader, Writer {
  constructor(capacity: number) {
    throw new Error('not implemented')
  }

  /** Bytes in the pipe. */
  get buffered(): number {
    throw new Error('not implemented')
  }

  write(data: Uint8Array): Promise<number> {
    throw new Error('not implemented')
  }

  read(buf: Uint8Array): Promise<number> {
    throw new Error('not implemented')
  }

  /** No more bytes will come; readers hear of err, or of the end of the file, after the last byte. */
  closeWrite(err?: Error): void {
    throw new Error('not implemented')
  }

  /** No more bytes are wanted. */
  closeRead(): void {
    throw new Error('not implemented')
  }
}

/** Takes everything and keeps nothing. */
export const discard: Writer = {
  write(data: Uint8Array): Promise<number> {
    throw new Error('not implemented')
  },
}

/** Reads until buf holds at least min bytes. */
export function readAtLeast(r: Reader, buf: Uint8Array, min: number): Promise<number> {
  throw new Error('not implemented')
}

/** Copies exactly n bytes. */
export function copyN(dst: Writer, src: Reader, n: number): Promise<number> {
  throw new Error('not implemented')
}
