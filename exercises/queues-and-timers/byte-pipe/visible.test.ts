import { describe, expect, it } from 'vitest'
import { BytePipe, copyN, discard, EOFError, readAtLeast, UnexpectedEOFError } from './solution'

const bytes = (...values: number[]) => Uint8Array.from(values)

/** The bytes that one read gives. */
async function read(pipe: BytePipe, size: number): Promise<number[]> {
  const buf = new Uint8Array(size)
  const n = await pipe.read(buf)
  return [...buf.subarray(0, n)]
}

describe('BytePipe', () => {
  it('gives what it holds, not what the buffer could take', async () => {
    const pipe = new BytePipe(8)
    await pipe.write(bytes(1, 2, 3))
    expect(await read(pipe, 2)).toEqual([1, 2])
    expect(await read(pipe, 16)).toEqual([3])
  })

  it('takes a write that is larger than itself as room becomes free', async () => {
    const pipe = new BytePipe(4)
    const written = pipe.write(bytes(1, 2, 3, 4, 5, 6))
    expect(await read(pipe, 16)).toEqual([1, 2, 3, 4])
    expect(await read(pipe, 16)).toEqual([5, 6])
    expect(await written).toBe(6)
  })

  it('reports the end after the last byte', async () => {
    const pipe = new BytePipe(4)
    await pipe.write(bytes(1))
    pipe.closeWrite()
    expect(await read(pipe, 4)).toEqual([1])
    await expect(pipe.read(new Uint8Array(4))).rejects.toBeInstanceOf(EOFError)
  })
})

describe('readAtLeast and copyN', () => {
  it('tells an end in the middle from an end at the beginning', async () => {
    const pipe = new BytePipe(4)
    await pipe.write(bytes(1, 2))
    pipe.closeWrite()
    await expect(readAtLeast(pipe, new Uint8Array(4), 3)).rejects.toBeInstanceOf(UnexpectedEOFError)
    await expect(readAtLeast(pipe, new Uint8Array(4), 3)).rejects.toBeInstanceOf(EOFError)
  })

  it('skips exactly as many bytes as asked', async () => {
    const pipe = new BytePipe(8)
    await pipe.write(bytes(1, 2, 3, 4))
    expect(await copyN(discard, pipe, 3)).toBe(3)
    expect(await read(pipe, 8)).toEqual([4])
  })
})
