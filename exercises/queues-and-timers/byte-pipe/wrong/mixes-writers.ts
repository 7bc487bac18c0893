// Lets waiting writers take turns, so their bytes mix.
export class EOFError extends Error {
  override readonly name = 'EOFError'
  readonly n: number

  constructor(n = 0) {
    super(`end of file after ${n} bytes`)
    this.n = n
  }
}

export class UnexpectedEOFError extends Error {
  override readonly name = 'UnexpectedEOFError'
  readonly n: number

  constructor(n = 0) {
    super(`unexpected end of file after ${n} bytes`)
    this.n = n
  }
}

export class ShortBufferError extends Error {
  override readonly name = 'ShortBufferError'
}

export class ClosedPipeError extends Error {
  override readonly name = 'ClosedPipeError'
}

export interface Reader {
  read(buf: Uint8Array): Promise<number>
}

export interface Writer {
  write(data: Uint8Array): Promise<number>
}

interface Waiting {
  readonly resolve: (n: number) => void
  readonly reject: (error: Error) => void
}

export class BytePipe implements Reader, Writer {
  readonly #bytes: Uint8Array
  #head = 0
  #length = 0
  #writes: Array<Waiting & { rest: Uint8Array; readonly total: number }> = []
  #reads: Array<Waiting & { readonly buf: Uint8Array }> = []
  #isWriteClosed = false
  #isReadClosed = false
  #error: Error | undefined

  constructor(capacity: number) {
    if (!Number.isInteger(capacity) || capacity < 1) throw new RangeError('capacity must be a positive integer')
    this.#bytes = new Uint8Array(capacity)
  }

  get buffered(): number {
    return this.#length
  }

  async write(data: Uint8Array): Promise<number> {
    if (this.#isWriteClosed || this.#isReadClosed) throw new ClosedPipeError('write to a closed pipe')
    if (data.length === 0) return 0
    const rest = data.slice()
    return new Promise((resolve, reject) => {
      this.#writes.push({ rest, total: rest.length, resolve, reject })
      this.#pump()
    })
  }

  async read(buf: Uint8Array): Promise<number> {
    if (buf.length === 0) return 0
    if (this.#isReadClosed) throw new ClosedPipeError('read from a closed pipe')
    return new Promise((resolve, reject) => {
      this.#reads.push({ buf, resolve, reject })
      this.#pump()
    })
  }

  closeWrite(err?: Error): void {
    if (this.#isWriteClosed) return
    this.#isWriteClosed = true
    this.#error = err
    this.#pump()
  }

  closeRead(): void {
    this.#isReadClosed = true
    this.#length = 0
    for (const { reject } of [...this.#writes.splice(0), ...this.#reads.splice(0)]) {
      reject(new ClosedPipeError('the reading end of the pipe was closed'))
    }
  }

  #pump(): void {
    while (this.#fill() || this.#drain());
    if (!this.#isWriteClosed || this.#length > 0) return
    for (const { reject } of this.#reads.splice(0)) reject(this.#error ?? new EOFError())
  }

  #fill(): boolean {
    const [write] = this.#writes
    const room = this.#bytes.length - this.#length
    if (write === undefined || room === 0) return false
    for (const byte of write.rest.subarray(0, room)) {
      this.#bytes[(this.#head + this.#length) % this.#bytes.length] = byte
      this.#length++
    }
    write.rest = write.rest.subarray(room)
    this.#writes.shift()
    if (write.rest.length === 0) write.resolve(write.total)
    else this.#writes.push(write)
    return true
  }

  #drain(): boolean {
    const [read] = this.#reads
    if (read === undefined || this.#length === 0) return false
    const n = Math.min(read.buf.length, this.#length)
    for (let i = 0; i < n; i++) read.buf[i] = this.#bytes[(this.#head + i) % this.#bytes.length]!
    this.#head = (this.#head + n) % this.#bytes.length
    this.#length -= n
    this.#reads.shift()
    read.resolve(n)
    return true
  }
}

export const discard: Writer = {
  write: (data) => Promise.resolve(data.length),
}

export async function readAtLeast(r: Reader, buf: Uint8Array, min: number): Promise<number> {
  checkCount(min)
  if (min > buf.length) throw new ShortBufferError(`${min} bytes do not fit into ${buf.length}`)
  let n = 0
  while (n < min) {
    try {
      n += await r.read(buf.subarray(n))
    } catch (error) {
      throw error instanceof EOFError && n > 0 ? new UnexpectedEOFError(n) : error
    }
  }
  return n
}

const LARGEST_READ = 512

export async function copyN(dst: Writer, src: Reader, n: number): Promise<number> {
  checkCount(n)
  let copied = 0
  while (copied < n) {
    const buf = new Uint8Array(Math.min(n - copied, LARGEST_READ))
    const got = await src.read(buf).catch((error: unknown) => {
      throw error instanceof EOFError ? new EOFError(copied) : error
    })
    await dst.write(buf.subarray(0, got))
    copied += got
  }
  return n
}

function checkCount(n: number): void {
  if (!Number.isInteger(n) || n < 0) throw new RangeError(`${n} is not a number of bytes`)
}
