import { describe, expect, it } from 'vitest'
import { random } from 'handroll'
import {
  BytePipe,
  ClosedPipeError,
  copyN,
  discard,
  EOFError,
  type Reader,
  readAtLeast,
  ShortBufferError,
  UnexpectedEOFError,
} from './solution'

const bytes = (...values: number[]) => Uint8Array.from(values)
const numbers = (count: number, from = 0) => Array.from({ length: count }, (_, i) => from + i)

/** Lets everything happen that can happen. */
async function settle(): Promise<void> {
  for (let i = 0; i < 30; i++) await null
}

interface Seen {
  state: 'pending' | 'resolved' | 'rejected'
  value?: unknown
}

/** Starts a call, lets happen what can happen, and keeps an eye on it. */
async function start(call: Promise<unknown>): Promise<Seen> {
  const seen: Seen = { state: 'pending' }
  call.then(
    (value) => Object.assign(seen, { state: 'resolved', value }),
    (value) => Object.assign(seen, { state: 'rejected', value }),
  )
  await settle()
  return seen
}

/** The bytes that one read gives, as soon as it gives them. */
const read = (pipe: Reader, size: number): Promise<Seen> => {
  const buf = new Uint8Array(size)
  return start(pipe.read(buf).then((n) => [...buf.subarray(0, n)]))
}

const resolved = (value: unknown): Seen => ({ state: 'resolved', value })

/** A source that gives its pieces one by one, then fails with the given error, and notes how much it was asked for. */
function pieces(all: readonly number[][], end: Error) {
  const left = [...all]
  const asked: number[] = []
  const reader: Reader = {
    async read(buf) {
      asked.push(buf.length)
      const [piece] = left
      if (piece === undefined) throw end
      const given = piece.splice(0, buf.length)
      buf.set(given)
      if (piece.length === 0) left.shift()
      return given.length
    },
  }
  return { reader, asked }
}

describe('Reading and writing', () => {
  it('gives bytes in the order in which they were written, round and round', async () => {
    const pipe = new BytePipe(random.int(5, 7))
    let next = 0
    for (let i = 0; i < 12; i++) {
      const count = random.int(1, 4)
      const written = numbers(count, next).map((value) => value & 0xff)
      next += count
      expect(await start(pipe.write(bytes(...written)))).toEqual(resolved(count))
      expect(await read(pipe, 8)).toEqual(resolved(written))
    }
  })

  it('a read takes what is there, at most the size of its buffer', async () => {
    const pipe = new BytePipe(16)
    await start(pipe.write(bytes(1, 2, 3)))
    await start(pipe.write(bytes(4, 5)))
    expect(await read(pipe, 2)).toEqual(resolved([1, 2]))
    expect(await read(pipe, 100)).toEqual(resolved([3, 4, 5]))
  })

  it('knows how many bytes it holds', async () => {
    const pipe = new BytePipe(4)
    const seen = [pipe.buffered]
    await start(pipe.write(bytes(1, 2, 3)))
    seen.push(pipe.buffered)
    await start(pipe.write(bytes(4, 5, 6)))
    seen.push(pipe.buffered)
    await read(pipe, 2)
    seen.push(pipe.buffered)
    await read(pipe, 3)
    seen.push(pipe.buffered)
    await read(pipe, 3)
    seen.push(pipe.buffered)
    expect(seen).toEqual([0, 3, 4, 4, 1, 0])
  })

  it('copies the data at the call, also what does not fit yet', async () => {
    const pipe = new BytePipe(2)
    const data = bytes(1, 2, 3, 4)
    const write = await start(pipe.write(data))
    data.fill(99)
    expect(await read(pipe, 4)).toEqual(resolved([1, 2]))
    expect(await read(pipe, 4)).toEqual(resolved([3, 4]))
    expect([write.value, ...data]).toEqual([4, 99, 99, 99, 99])
  })

  it('puts bytes at the beginning of the buffer and leaves the rest of it alone', async () => {
    const pipe = new BytePipe(4)
    await start(pipe.write(bytes(1, 2)))
    const buf = new Uint8Array(4).fill(7)
    expect(await start(pipe.read(buf))).toEqual(resolved(2))
    expect([...buf]).toEqual([1, 2, 7, 7])
  })

  it('refuses a capacity that makes no sense', () => {
    for (const capacity of [0, -1, 1.5, Number.NaN]) expect(() => new BytePipe(capacity)).toThrow(RangeError)
    expect(() => new BytePipe(1)).not.toThrow()
  })
})

describe('Waiting', () => {
  it('a write waits until its last byte is in the pipe', async () => {
    const pipe = new BytePipe(3)
    const write = await start(pipe.write(bytes(...numbers(8))))
    const states: string[] = []
    for (let i = 0; i < 3; i++) {
      states.push(write.state)
      await read(pipe, i === 1 ? 2 : 3)
    }
    expect(states).toEqual(['pending', 'pending', 'resolved'])
    expect(write.value).toBe(8)
  })

  it('a read waits only while the pipe is empty, and not to fill its buffer', async () => {
    const pipe = new BytePipe(8)
    const waiting = await read(pipe, 4)
    expect(waiting.state).toBe('pending')
    await start(pipe.write(bytes(9)))
    expect(waiting).toEqual(resolved([9]))
  })

  it('writes are served one after another, and their bytes do not mix', async () => {
    const pipe = new BytePipe(2)
    const writes = [
      await start(pipe.write(bytes(1, 1, 1, 1, 1))),
      await start(pipe.write(bytes(2, 2, 2))),
      await start(pipe.write(bytes(3))),
    ]
    const got: number[] = []
    while (got.length < 9) {
      const { value } = await read(pipe, [3, 1, 2][got.length % 3] ?? 1)
      if (!Array.isArray(value) || value.length === 0) break
      got.push(...(value as number[]))
    }
    expect(got).toEqual([1, 1, 1, 1, 1, 2, 2, 2, 3])
    expect(writes.map(({ value }) => value)).toEqual([5, 3, 1])
  })

  it('reads are served one after another, each with what there is', async () => {
    const pipe = new BytePipe(8)
    const reads = [await read(pipe, 2), await read(pipe, 3), await read(pipe, 4)]
    await start(pipe.write(bytes(1, 2, 3, 4)))
    expect(reads).toEqual([resolved([1, 2]), resolved([3, 4]), { state: 'pending' }])
    await start(pipe.write(bytes(5, 6)))
    expect(reads[2]).toEqual(resolved([5, 6]))
  })

  it('a large write serves a line of waiting reads at once', async () => {
    const pipe = new BytePipe(2)
    const reads = [await read(pipe, 9), await read(pipe, 1), await read(pipe, 9)]
    expect(await start(pipe.write(bytes(1, 2, 3, 4, 5)))).toEqual(resolved(5))
    expect(reads.slice(0, 2)).toEqual([resolved([1, 2]), resolved([3])])
    expect(reads[2]?.state).toBe('resolved')
    const rest = pipe.buffered === 0 ? [] : (await read(pipe, 9)).value
    expect([reads[2]?.value, rest].flat()).toEqual([4, 5])
  })

  it('empty reads and writes are done at once', async () => {
    const pipe = new BytePipe(1)
    const empty = new Uint8Array(0)
    expect(await start(pipe.read(empty))).toEqual(resolved(0))
    await start(pipe.write(bytes(1, 2)))
    expect(await start(pipe.write(empty))).toEqual(resolved(0))
    expect(await start(pipe.read(empty))).toEqual(resolved(0))
    expect(await read(pipe, 1)).toEqual(resolved([1]))
  })

  it('nobody waits without a reason, whatever the sizes', async () => {
    const capacity = random.int(3, 6)
    const pipe = new BytePipe(capacity)
    const reads: Seen[] = []
    const writes: Seen[] = []
    let next = 0
    // Begins with two reads that wait and two large writes; the rest is drawn, with at most one read waiting.
    const opening = [-9, -9, 2, 2, 9, 9, -9, -9]
    for (let i = 0; i < 22; i++) {
      const readsWait = reads.some(({ state }) => state === 'pending')
      const drawn = opening[i] ?? random.int(1, 9) * (readsWait ? 1 : random.pick([-1, 1]))
      const size = Math.abs(drawn)
      if (drawn < 0) reads.push(await read(pipe, size))
      else {
        writes.push(await start(pipe.write(bytes(...numbers(size, next)))))
        next += size
      }
      const held = pipe.buffered
      expect(held).toBeLessThanOrEqual(capacity)
      if (reads.some(({ state }) => state === 'pending')) expect(held).toBe(0)
      if (writes.some(({ state }) => state === 'pending')) expect(held).toBe(capacity)
    }
    const got = reads.flatMap(({ value }) => (value ?? []) as number[])
    expect(got).toEqual(numbers(got.length))
  })
})

describe('Closing', () => {
  it('the end comes after the bytes that are still in the pipe', async () => {
    const pipe = new BytePipe(4)
    await start(pipe.write(bytes(1, 2, 3)))
    pipe.closeWrite()
    expect(await read(pipe, 2)).toEqual(resolved([1, 2]))
    expect(await read(pipe, 2)).toEqual(resolved([3]))
    for (let i = 0; i < 2; i++) {
      const { value } = await read(pipe, 2)
      expect(value).toBeInstanceOf(EOFError)
      expect((value as EOFError).n).toBe(0)
    }
  })

  it('a read that waits hears of the end', async () => {
    const pipe = new BytePipe(4)
    const reads = [await read(pipe, 1), await read(pipe, 1)]
    pipe.closeWrite()
    await settle()
    for (const { value } of reads) expect(value).toBeInstanceOf(EOFError)
  })

  it('a given error takes the place of the end, and only the first close counts', async () => {
    const pipe = new BytePipe(4)
    const failure = new Error('the sender died')
    await start(pipe.write(bytes(1)))
    pipe.closeWrite(failure)
    pipe.closeWrite(new Error('too late'))
    expect(await read(pipe, 4)).toEqual(resolved([1]))
    expect((await read(pipe, 4)).value).toBe(failure)
  })

  it('writes from before the close complete, later ones are refused', async () => {
    const pipe = new BytePipe(2)
    const write = await start(pipe.write(bytes(1, 2, 3)))
    pipe.closeWrite()
    expect((await start(pipe.write(bytes(4)))).value).toBeInstanceOf(ClosedPipeError)
    expect((await start(pipe.write(new Uint8Array(0)))).value).toBeInstanceOf(ClosedPipeError)
    expect(await read(pipe, 4)).toEqual(resolved([1, 2]))
    expect(write).toEqual(resolved(3))
    expect(await read(pipe, 4)).toEqual(resolved([3]))
    expect((await read(pipe, 4)).value).toBeInstanceOf(EOFError)
  })

  it('closing the reading end refuses writes, those that wait and later ones', async () => {
    const pipe = new BytePipe(2)
    const writes = [await start(pipe.write(bytes(1, 2, 3))), await start(pipe.write(bytes(4)))]
    pipe.closeRead()
    await settle()
    for (const { value } of writes) expect(value).toBeInstanceOf(ClosedPipeError)
    expect(pipe.buffered).toBe(0)
    expect((await start(pipe.write(bytes(5)))).value).toBeInstanceOf(ClosedPipeError)
  })

  it('closing the reading end refuses reads, those that wait and later ones', async () => {
    const pipe = new BytePipe(2)
    const waiting = await read(pipe, 1)
    pipe.closeRead()
    await settle()
    expect(waiting.value).toBeInstanceOf(ClosedPipeError)
    pipe.closeWrite()
    expect((await read(pipe, 1)).value).toBeInstanceOf(ClosedPipeError)
    expect(await start(pipe.read(new Uint8Array(0)))).toEqual(resolved(0))
  })
})

describe('ReadAtLeast and CopyN', () => {
  it('reads until it has enough, and keeps what came in excess', async () => {
    const { reader, asked } = pieces([[1], [2, 3], [4, 5, 6], [7]], new EOFError())
    const buf = new Uint8Array(8)
    expect(await start(readAtLeast(reader, buf, 4))).toEqual(resolved(6))
    expect([...buf]).toEqual([1, 2, 3, 4, 5, 6, 0, 0])
    expect(asked).toEqual([8, 7, 5])
  })

  it('is content with exactly enough, and needs no read for nothing', async () => {
    const { reader, asked } = pieces([[1, 2], [3]], new EOFError())
    expect(await start(readAtLeast(reader, new Uint8Array(2), 2))).toEqual(resolved(2))
    expect(await start(readAtLeast(reader, new Uint8Array(2), 0))).toEqual(resolved(0))
    expect(asked).toEqual([2])
  })

  it('refuses a buffer that is too short without reading', async () => {
    const { reader, asked } = pieces([[1, 2, 3]], new EOFError())
    expect((await start(readAtLeast(reader, new Uint8Array(2), 3))).value).toBeInstanceOf(ShortBufferError)
    expect(asked).toEqual([])
  })

  it('tells an end before the first byte from an end in the middle', async () => {
    const nothing = await start(readAtLeast(pieces([], new EOFError()).reader, new Uint8Array(4), 1))
    expect(nothing.value).toBeInstanceOf(EOFError)
    expect((nothing.value as EOFError).n).toBe(0)
    const count = random.int(1, 3)
    const middle = await start(readAtLeast(pieces([numbers(count)], new EOFError()).reader, new Uint8Array(4), 4))
    expect(middle.value).toBeInstanceOf(UnexpectedEOFError)
    expect((middle.value as UnexpectedEOFError).n).toBe(count)
  })

  it('passes other errors on as they are', async () => {
    const failure = new Error('cable cut')
    const reader = () => pieces([[1]], failure).reader
    expect((await start(readAtLeast(reader(), new Uint8Array(4), 3))).value).toBe(failure)
    expect((await start(copyN(discard, reader(), 3))).value).toBe(failure)
    const full = { write: () => Promise.reject(failure) }
    expect((await start(copyN(full, reader(), 1))).value).toBe(failure)
  })

  it('copies exactly as much as asked and leaves the rest', async () => {
    const { reader, asked } = pieces([[1, 2], [3, 4, 5], [6]], new EOFError())
    const target = new BytePipe(16)
    expect(await start(copyN(target, reader, 4))).toEqual(resolved(4))
    expect(await read(target, 16)).toEqual(resolved([1, 2, 3, 4]))
    expect(asked).toEqual([4, 2])
    expect(await read(reader, 9)).toEqual(resolved([5]))
  })

  it('waits for each write before it reads again', async () => {
    const { reader, asked } = pieces([[1, 2], [3], [4]], new EOFError())
    const target = new BytePipe(1)
    const copy = await start(copyN(target, reader, 4))
    expect(asked).toEqual([4])
    expect(await read(target, 1)).toEqual(resolved([1]))
    expect(asked).toEqual([4, 2])
    for (const byte of [2, 3, 4]) expect(await read(target, 1)).toEqual(resolved([byte]))
    expect(copy).toEqual(resolved(4))
  })

  it('reports an early end with what was copied', async () => {
    const count = random.int(0, 3)
    const { reader } = pieces(count === 0 ? [] : [numbers(count)], new EOFError())
    const { value } = await start(copyN(discard, reader, 4))
    expect(value).toBeInstanceOf(EOFError)
    expect((value as EOFError).n).toBe(count)
  })

  it('asks for a bounded amount at a time', async () => {
    const { reader, asked } = pieces([[1]], new EOFError())
    await start(copyN(discard, reader, 1e9))
    expect(asked.length).toBe(2)
    for (const size of asked) expect(size).toBeLessThanOrEqual(512)
  })

  it('touches nothing when there is nothing to copy', async () => {
    const { reader, asked } = pieces([[1]], new EOFError())
    expect(await start(copyN(discard, reader, 0))).toEqual(resolved(0))
    expect(asked).toEqual([])
  })

  it('refuses amounts that make no sense', async () => {
    const { reader, asked } = pieces([[1, 2, 3]], new EOFError())
    for (const n of [-1, 1.5, Number.NaN]) {
      expect((await start(readAtLeast(reader, new Uint8Array(4), n))).value).toBeInstanceOf(RangeError)
      expect((await start(copyN(discard, reader, n))).value).toBeInstanceOf(RangeError)
    }
    expect(asked).toEqual([])
  })

  it('gives away what nobody wants', async () => {
    expect(await start(discard.write(bytes(1, 2, 3)))).toEqual(resolved(3))
    expect(await start(discard.write(new Uint8Array(0)))).toEqual(resolved(0))
  })
})
