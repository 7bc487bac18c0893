import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { createFrameChannel, createFrameReader, OutputLimitExceeded, writeFrame } from '@/lib/grader/frames'
import { ChannelClosed, ProtocolBreach, type Frame } from '@/lib/runtime/membrane/channel'

/** Reads from these bytes, a few at a time, and then ends. */
function reader(bytes: Uint8Array, pieces: number[] = [], caps?: { frameBytes: number; totalBytes: number }): () => Frame {
  let at = 0
  let turn = 0
  return createFrameReader((into) => {
    const most = pieces[turn++ % Math.max(1, pieces.length)] ?? bytes.length
    const piece = bytes.subarray(at, at + Math.min(Math.max(1, most), into.length))
    into.set(piece)
    at += piece.length
    return piece.length
  }, caps)
}

function bytesOf(...frames: Frame[]): Uint8Array {
  const parts: number[] = []
  for (const frame of frames) {
    writeFrame((bytes) => {
      for (const byte of bytes) parts.push(byte)
      return bytes.length
    }, frame)
  }
  return new Uint8Array(parts)
}

const withLength = (length: number, body: number[] = []): Uint8Array => {
  return new Uint8Array([length & 255, (length >> 8) & 255, (length >> 16) & 255, (length >>> 24) & 255, ...body])
}

describe('frames', () => {
  it('arrive as they were sent, however the bytes are cut', () => {
    fc.assert(fc.property(
      fc.array(fc.array(fc.jsonValue()) as fc.Arbitrary<Frame>, { maxLength: 6 }),
      fc.array(fc.integer({ min: 1, max: 40 }), { minLength: 1 }),
      (frames, pieces) => {
        const sent = JSON.parse(JSON.stringify(frames)) as Frame[]
        const receive = reader(bytesOf(...sent), pieces)
        expect(sent.map(() => receive())).toEqual(sent)
        expect(receive).toThrow(ChannelClosed)
      },
    ))
  })

  it('of any length arrive whole, next to shorter ones', () => {
    const frames = [1, 65_530, 70_000, 3, 200_000, 65_536, 2].map((n) => ['é'.repeat(n / 2), n])
    const receive = reader(bytesOf(...frames), [60_000, 7, 130_000])
    expect(frames.map(() => receive())).toEqual(frames)
  })

  it('are written to the end by a writer that takes little at a time', () => {
    const taken: number[] = []
    writeFrame((bytes) => {
      taken.push(bytes[0] as number)
      return 1
    }, ['abc', 1])
    expect(reader(new Uint8Array(taken))()).toEqual(['abc', 1])
  })

  it.each([
    ['JSON that ends early', withLength(3, [0x5b, 0x31, 0x2c])],
    ['UTF-8 that is none', withLength(3, [0x5b, 0xff, 0x5d])],
    ['no list', withLength(2, [0x7b, 0x7d])],
    ['nothing at all', withLength(0)],
  ])('that are %s break the protocol', (_, bytes) => {
    expect(reader(bytes)).toThrow(ProtocolBreach)
  })

  it('that are longer than they may be are refused before they are read', () => {
    expect(reader(withLength(0xff_ff_ff_ff))).toThrow(OutputLimitExceeded)
    const caps = { frameBytes: 100, totalBytes: 1_000 }
    expect(reader(withLength(101), [], caps)).toThrow(OutputLimitExceeded)
    expect(() => writeFrame((bytes) => bytes.length, ['x'.repeat(101)], caps)).toThrow(OutputLimitExceeded)
  })

  it('may not be more in all than they may', () => {
    const receive = reader(bytesOf(...Array.from({ length: 200 }, () => ['12345'])), [50], { frameBytes: 100, totalBytes: 1_000 })
    let count = 0
    expect(() => {
      for (;; count++) receive()
    }).toThrow(OutputLimitExceeded)
    expect(count).toBeGreaterThan(50)
  })

  it('that break off, and an end that throws, are the end of the channel', () => {
    expect(reader(withLength(10, [0x5b]))).toThrow(ChannelClosed)
    const broken = createFrameChannel({
      read: () => {
        throw new Error('EIO')
      },
      write: () => {
        throw new Error('EPIPE')
      },
    })
    expect(() => broken.receive()).toThrow(ChannelClosed)
    expect(() => broken.send([])).toThrow(ChannelClosed)
  })

  it('of arbitrary bytes do nothing worse than to end the channel or to break the protocol', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), fc.integer({ min: 1, max: 9 }), (bytes, piece) => {
      const receive = reader(bytes, [piece])
      const end = (() => {
        try {
          for (;;) expect(Array.isArray(receive())).toBe(true)
        } catch (error) {
          return error
        }
      })()
      expect(end instanceof ChannelClosed || end instanceof ProtocolBreach).toBe(true)
      expect(({} as { polluted?: unknown }).polluted).toBeUndefined()
    }))
  })
})
