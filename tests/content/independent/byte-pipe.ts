/** One queue of copied writes and a window of `capacity` bytes at its front: what lies in the window is in the pipe. */

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

interface Settle {
  resolve: (n: number) => void
  reject: (err: Error) => void
}

interface WaitingRead extends Settle {
  buf: Uint8Array
}

interface WaitingWrite extends Settle {
  length: number
  /** Position in the stream just behind its last byte. */
  end: number
}

/** A queue that takes from its front in constant time. */
class Fifo<T> {
  #items: T[] = []
  #head = 0

  get first(): T | undefined {
    return this.#items[this.#head]
  }

  push(item: T): void {
    this.#items.push(item)
  }

  dropFirst(): void {
    this.#head++
    if (this.#head < 32 || this.#head * 2 < this.#items.length) return
    this.#items = this.#items.slice(this.#head)
    this.#head = 0
  }

  takeAll(): T[] {
    const items = this.#items.slice(this.#head)
    this.#items = []
    this.#head = 0
    return items
  }
}

/** A bounded queue of bytes. */
export class BytePipe implements Reader, Writer {
  readonly #capacity: number
  /** Bytes that were written and not yet read, in the window or behind it. */
  readonly #chunks = new Fifo<Uint8Array>()
  /** How much of the first chunk has been read. */
  #used = 0
  /** Positions in the stream: of the next byte to be read, and of the next to be written. */
  #readPos = 0
  #writePos = 0
  readonly #reads = new Fifo<WaitingRead>()
  readonly #writes = new Fifo<WaitingWrite>()
  #writeEnd: { makeError: () => Error } | undefined
  #isReadClosed = false

  constructor(capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity must be a positive integer')
    this.#capacity = capacity
  }

  /** Bytes in the pipe. */
  get buffered(): number {
    return Math.min(this.#capacity, this.#writePos - this.#readPos)
  }

  write(data: Uint8Array): Promise<number> {
    return new Promise((resolve, reject) => {
      if (this.#isReadClosed || this.#writeEnd) {
        reject(new ClosedPipeError('the pipe is closed'))
        return
      }
      const { length } = data
      if (length === 0) {
        resolve(0)
        return
      }
      this.#chunks.push(new Uint8Array(data))
      this.#writePos += length
      this.#writes.push({ length, end: this.#writePos, resolve, reject })
      this.#settle()
    })
  }

  read(buf: Uint8Array): Promise<number> {
    return new Promise((resolve, reject) => {
      if (buf.length === 0) {
        resolve(0)
      } else if (this.#isReadClosed) {
        reject(new ClosedPipeError('the pipe is closed'))
      } else {
        this.#reads.push({ buf, resolve, reject })
        this.#settle()
      }
    })
  }

  /** No more bytes will come; readers hear of err, or of the end of the file, after the last byte. */
  closeWrite(err?: Error): void {
    if (this.#writeEnd || this.#isReadClosed) return
    this.#writeEnd = { makeError: () => err ?? new EOFError() }
    this.#settle()
  }

  /** No more bytes are wanted. */
  closeRead(): void {
    if (this.#isReadClosed) return
    this.#isReadClosed = true
    this.#chunks.takeAll()
    this.#readPos = this.#writePos
    for (const { reject } of [...this.#reads.takeAll(), ...this.#writes.takeAll()]) {
      reject(new ClosedPipeError('the pipe is closed'))
    }
  }

  /** Serves whoever can be served now. */
  #settle(): void {
    for (let read = this.#reads.first; read && this.buffered > 0; read = this.#reads.first) {
      this.#reads.dropFirst()
      read.resolve(this.#take(read.buf))
    }
    for (let write = this.#writes.first; write; write = this.#writes.first) {
      if (write.end > this.#readPos + this.#capacity) break
      this.#writes.dropFirst()
      write.resolve(write.length)
    }
    if (this.#writeEnd && this.buffered === 0) {
      for (const { reject } of this.#reads.takeAll()) reject(this.#writeEnd.makeError())
    }
  }

  /** Moves bytes out of the window into buf. */
  #take(buf: Uint8Array): number {
    const wanted = Math.min(buf.length, this.buffered)
    let done = 0
    for (let chunk = this.#chunks.first; chunk && done < wanted; chunk = this.#chunks.first) {
      const part = chunk.subarray(this.#used, this.#used + wanted - done)
      buf.set(part, done)
      done += part.length
      this.#used += part.length
      if (this.#used < chunk.length) break
      this.#chunks.dropFirst()
      this.#used = 0
    }
    this.#readPos += done
    return done
  }
}

/** Takes everything and keeps nothing. */
export const discard: Writer = {
  async write(data: Uint8Array): Promise<number> {
    return data.length
  },
}

function requireCount(name: string, n: number): void {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`${name} must be an integer of at least 0`)
}

/** Reads until buf holds at least min bytes. */
export async function readAtLeast(r: Reader, buf: Uint8Array, min: number): Promise<number> {
  requireCount('min', min)
  if (min > buf.length) throw new ShortBufferError(`${min} bytes do not fit into ${buf.length}`)
  let have = 0
  while (have < min) {
    try {
      have += await r.read(buf.subarray(have))
    } catch (err) {
      throw err instanceof EOFError && have > 0 ? new UnexpectedEOFError(have) : err
    }
  }
  return have
}

const COPY_STEP = 512

/** Copies exactly n bytes. */
export async function copyN(dst: Writer, src: Reader, n: number): Promise<number> {
  requireCount('n', n)
  let copied = 0
  const readSome = async (): Promise<Uint8Array> => {
    const buf = new Uint8Array(Math.min(COPY_STEP, n - copied))
    try {
      return buf.subarray(0, await src.read(buf))
    } catch (err) {
      throw err instanceof EOFError ? new EOFError(copied) : err
    }
  }
  while (copied < n) {
    const bytes = await readSome()
    await dst.write(bytes)
    copied += bytes.length
  }
  return n
}
