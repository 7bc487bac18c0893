import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import { encodeFrame, type Frame, FrameDecoder, H2Error, joinHeaders, unpad } from './solution'

type Solution = typeof import('./solution')

/** The wire form by the layout of the prompt. */
function wire(type: number, flags: number, streamId: number, payload: readonly number[]): number[] {
  const { length } = payload
  const id = [24, 16, 8, 0].map((shift) => Math.floor(streamId / 2 ** shift) % 256)
  return [Math.floor(length / 65536), Math.floor(length / 256) % 256, length % 256, type, flags, ...id, ...payload]
}

function frame(type: number, flags: number, streamId: number, payload: readonly number[] = []): Frame {
  return { type, flags, streamId, payload: Uint8Array.from(payload) }
}

const someBytes = (count: number) => Array.from({ length: count }, () => random.int(0, 255))
const zeros = (count: number) => Array<number>(count).fill(0)

/** A frame in a form that is easy to compare. */
function plain({ type, flags, streamId, payload }: Frame) {
  return { type, flags, streamId, payload: [...payload] }
}

/** All frames that a fresh decoder finds in chunks, asked in one go. */
function decode(...chunks: number[][]) {
  const driver = (solution: Solution, parts: readonly number[][]) => {
    const decoder = new solution.FrameDecoder()
    const frames = parts.flatMap((part) => decoder.push(Uint8Array.from(part)))
    return frames.map(({ type, flags, streamId, payload }) => ({ type, flags, streamId, payload: [...payload] }))
  }
  return inGuest(driver, chunks)
}

/** The code of the error that a function throws. */
function codeOf(fn: () => unknown): string {
  try {
    fn()
  } catch (error) {
    return error instanceof H2Error ? error.code : `no H2Error: ${String(error)}`
  }
  return 'nothing was thrown'
}

const refusal = (...bytes: number[]) => codeOf(() => new FrameDecoder().push(Uint8Array.from(bytes)))

describe('Encoding', () => {
  it('writes length, type, flags, stream and payload', () => {
    const payload = someBytes(random.int(1, 40))
    const [type, flags, streamId] = [random.int(0, 255), random.int(0, 255), random.int(0, 2 ** 31 - 1)]
    expect([...encodeFrame(frame(type, flags, streamId, payload))]).toEqual(wire(type, flags, streamId, payload))
    expect([...encodeFrame(frame(0, 0, 2 ** 31 - 1))]).toEqual(wire(0, 0, 2 ** 31 - 1, []))
  })

  it('counts the payload only, in three bytes', () => {
    const header = inGuest((solution: Solution, length: number) => {
      const bytes = solution.encodeFrame({ type: 0, flags: 0, streamId: 1, payload: new Uint8Array(length) })
      return [bytes.length, ...bytes.subarray(0, 3)]
    }, 16_384)
    expect(header).toEqual([16_393, 0, 0x40, 0])
  })

  it('refuses more than 16384 bytes', () => {
    const code = inGuest((solution: Solution, length: number) => {
      try {
        solution.encodeFrame({ type: 0, flags: 0, streamId: 1, payload: new Uint8Array(length) })
      } catch (error) {
        return error instanceof solution.H2Error && error.code
      }
      return 'nothing was thrown'
    }, 16_385)
    expect(code).toBe('FRAME_SIZE_ERROR')
  })

  it('refuses numbers that do not fit their field', () => {
    for (const bad of [-1, 256, 1.5, Number.NaN]) {
      expect(() => encodeFrame(frame(bad, 0, 1))).toThrow(RangeError)
      expect(() => encodeFrame(frame(0, bad, 1))).toThrow(RangeError)
    }
    for (const bad of [-1, 2 ** 31, 0.5]) expect(() => encodeFrame(frame(0, 0, bad))).toThrow(RangeError)
  })
})

describe('Decoding', () => {
  it('reads what was written', () => {
    const payload = someBytes(random.int(1, 40))
    const id = random.int(1, 2 ** 31 - 1)
    const [found, ...more] = new FrameDecoder().push(Uint8Array.from(wire(0, 5, id, payload)))
    expect(more).toEqual([])
    expect(found && plain(found)).toEqual({ type: 0, flags: 5, streamId: id, payload })
  })

  it('finds the same frames wherever the bytes are cut', () => {
    const bytes = [...wire(1, 4, 1, someBytes(5)), ...wire(4, 1, 0, []), ...wire(0, 1, 1, someBytes(9))]
    const driver = (solution: Solution, all: readonly number[]) => {
      return all.map((_, cut) => {
        const decoder = new solution.FrameDecoder()
        const parts = [all.slice(0, cut), all.slice(cut)]
        const frames = parts.flatMap((part) => decoder.push(Uint8Array.from(part)))
        return frames.map(({ type, payload }) => [type, ...payload].join())
      })
    }
    const texts = [[1, ...bytes.slice(9, 14)], [4], [0, ...bytes.slice(32)]].map((parts) => parts.join())
    expect(inGuest(driver, bytes)).toEqual(bytes.map(() => texts))
  })

  it('takes bytes one by one', () => {
    const payload = someBytes(6)
    const bytes = [...wire(0, 0, 7, payload), ...wire(0, 0, 9, [])]
    expect(decode(...bytes.map((byte) => [byte]))).toEqual([
      { type: 0, flags: 0, streamId: 7, payload },
      { type: 0, flags: 0, streamId: 9, payload: [] },
    ])
  })

  it('returns a frame as soon as it is complete, and nothing before', () => {
    const decoder = new FrameDecoder()
    const bytes = wire(0, 0, 1, [1, 2, 3])
    expect(decoder.push(Uint8Array.from(bytes.slice(0, -1)))).toEqual([])
    expect(decoder.push(new Uint8Array(0))).toEqual([])
    expect(decoder.push(Uint8Array.of(3))).toHaveLength(1)
    expect(decoder.push(Uint8Array.from(wire(4, 0, 0, [])))).toHaveLength(1)
  })

  it('finds several frames in one chunk', () => {
    const ids = Array.from({ length: random.int(3, 8) }, (_, i) => 2 * i + 1)
    expect(decode(ids.flatMap((id) => wire(0, 0, id, [id]))).map(({ streamId }) => streamId)).toEqual(ids)
  })

  it('ignores the reserved bit', () => {
    const id = random.int(1, 1000)
    expect(decode(wire(0, 0, id + 2 ** 31, [1]))[0]?.streamId).toBe(id)
    expect(decode(wire(6, 0, 2 ** 31, zeros(8)))[0]?.streamId).toBe(0)
  })

  it('gives payloads that do not change with the chunk', () => {
    const payload = inGuest((solution: Solution, bytes: readonly number[]) => {
      const chunk = Uint8Array.from(bytes)
      const [found] = new solution.FrameDecoder().push(chunk)
      chunk.fill(0)
      return [...(found?.payload ?? [])]
    }, wire(0, 0, 1, [1, 2, 3]))
    expect(payload).toEqual([1, 2, 3])
  })

  it('hands out frames of unknown types untouched', () => {
    const type = random.int(10, 255)
    const [streamId, payload] = [random.pick([0, 1, 8]), someBytes(random.int(0, 12))]
    expect(decode(wire(type, 0xff, streamId, payload))).toEqual([{ type, flags: 0xff, streamId, payload }])
  })

  it('takes every known type as the table has it', () => {
    const good = [[0, 1, 3], [1, 1, 3], [2, 1, 5], [3, 1, 4], [4, 0, 12], [5, 1, 4], [6, 0, 8], [7, 0, 8], [9, 1, 2]]
    const bytes = good.flatMap(([type = 0, id = 0, size = 0]) => wire(type, 0, id, someBytes(size)))
    expect(decode(bytes).map(({ type }) => type)).toEqual([0, 1, 2, 3, 4, 5, 6, 7, 9])
    expect(decode([...wire(8, 0, 0, [0, 0, 0, 1]), ...wire(8, 0, 5, [0x80, 0, 1, 0])])).toHaveLength(2)
    expect(decode([...wire(7, 0, 0, someBytes(20)), ...wire(4, 1, 0, [])])).toHaveLength(2)
  })
})

describe('Connection errors', () => {
  it('refuses sizes against the table', () => {
    const bad = [[2, 1, 4], [3, 1, 5], [4, 0, 7], [6, 0, 7], [6, 0, 9], [7, 0, 7], [8, 1, 3], [8, 1, 5]]
    for (const [type = 0, id = 0, size = 0] of bad) {
      expect(refusal(...wire(type, 0, id, zeros(size).fill(1)))).toBe('FRAME_SIZE_ERROR')
    }
    expect(refusal(...wire(4, 1, 0, zeros(6)))).toBe('FRAME_SIZE_ERROR')
  })

  it('refuses what must not be on stream 0', () => {
    for (const [type = 0, size = 0] of [[0, 3], [1, 3], [2, 5], [3, 4], [5, 4], [9, 2]]) {
      expect(refusal(...wire(type, 0, 0, zeros(size)))).toBe('PROTOCOL_ERROR')
    }
  })

  it('refuses what must be on stream 0', () => {
    for (const [type = 0, size = 0] of [[4, 6], [6, 8], [7, 8]]) {
      expect(refusal(...wire(type, 0, random.int(1, 99), zeros(size)))).toBe('PROTOCOL_ERROR')
    }
  })

  it('refuses a window update by nothing', () => {
    expect(refusal(...wire(8, 0, 1, zeros(4)))).toBe('PROTOCOL_ERROR')
    expect(refusal(...wire(8, 0, 0, [0x80, 0, 0, 0]))).toBe('PROTOCOL_ERROR')
  })

  it('refuses frames above the maximum', () => {
    const small = new FrameDecoder({ maxFrameSize: 20 })
    expect(small.push(Uint8Array.from(wire(0, 0, 1, zeros(20))))).toHaveLength(1)
    expect(codeOf(() => small.push(Uint8Array.from(wire(0, 0, 1, zeros(21)))))).toBe('FRAME_SIZE_ERROR')
    const other = new FrameDecoder({ maxFrameSize: 20 })
    expect(codeOf(() => other.push(Uint8Array.from(wire(200, 0, 1, zeros(21)))))).toBe('FRAME_SIZE_ERROR')
  })

  it('refuses by the header alone', () => {
    expect(refusal(0, 0x40, 1, 0, 0, 0, 0, 0, 1)).toBe('FRAME_SIZE_ERROR')
    expect(refusal(0, 0, 9, 6, 0, 0, 0, 0, 0)).toBe('FRAME_SIZE_ERROR')
    expect(refusal(0, 0, 8, 6, 0, 0, 0, 0, 1)).toBe('PROTOCOL_ERROR')
  })

  it('is dead after an error', () => {
    const decoder = new FrameDecoder()
    const bad = [...wire(0, 0, 1, [1]), ...wire(6, 0, 1, zeros(8))]
    expect(codeOf(() => decoder.push(Uint8Array.from(bad)))).toBe('PROTOCOL_ERROR')
    expect(codeOf(() => decoder.push(Uint8Array.from(wire(0, 0, 1, [1]))))).toBe('PROTOCOL_ERROR')
  })

  it('is dead even for a chunk without bytes', () => {
    for (const bad of [wire(6, 0, 1, zeros(8)), wire(8, 0, 1, zeros(4))]) {
      const decoder = new FrameDecoder()
      expect(codeOf(() => decoder.push(Uint8Array.from(bad)))).toBe('PROTOCOL_ERROR')
      expect(codeOf(() => decoder.push(new Uint8Array(0)))).toBe('PROTOCOL_ERROR')
    }
  })
})

describe('Header blocks', () => {
  it('takes off padding and the byte that tells it', () => {
    const [content, padding] = [someBytes(random.int(0, 9)), random.int(0, 9)]
    for (const type of [0, 1, 5]) {
      const padded = frame(type, 0x8, 1, [padding, ...content, ...zeros(padding)])
      expect([...unpad(padded)]).toEqual(content)
    }
  })

  it('leaves frames alone that are not padded or cannot be', () => {
    expect([...unpad(frame(0, 0, 1, [2, 3, 4]))]).toEqual([2, 3, 4])
    expect([...unpad(frame(9, 0x8, 1, [1, 3, 4]))]).toEqual([1, 3, 4])
  })

  it('refuses more padding than there is room for', () => {
    expect(codeOf(() => unpad(frame(0, 0x8, 1, [9, 1, 2])))).toBe('PROTOCOL_ERROR')
    expect(codeOf(() => unpad(frame(0, 0x8, 1)))).toBe('FRAME_SIZE_ERROR')
    expect([...unpad(frame(0, 0x8, 1, [2, 0, 0]))]).toEqual([])
  })

  it('refuses padding that is as long as the payload', () => {
    expect(codeOf(() => unpad(frame(0, 0x8, 1, [3, 1, 2])))).toBe('PROTOCOL_ERROR')
    expect(codeOf(() => unpad(frame(1, 0x8, 1, [1])))).toBe('PROTOCOL_ERROR')
  })

  it('joins continuations, block by block', () => {
    const parts = [someBytes(3), someBytes(0), someBytes(4)]
    const frames = [
      frame(4, 0, 0),
      frame(1, 0, 3, parts[0]),
      frame(9, 0, 3, parts[1]),
      frame(9, 0x4, 3, parts[2]),
      frame(0, 0, 3, [1]),
      frame(1, 0x5, 5, [9]),
    ]
    const blocks = joinHeaders(frames).map(({ streamId, block }) => ({ streamId, block: [...block] }))
    expect(blocks).toEqual([
      { streamId: 3, block: parts.flat() },
      { streamId: 5, block: [9] },
    ])
  })

  it('skips other frames whatever their flags', () => {
    const frames = [frame(5, 0x4, 1, [0, 0, 0, 2]), frame(1, 0x4, 3, [9]), frame(0, 0x5, 3, [1])]
    const blocks = joinHeaders(frames).map(({ streamId, block }) => ({ streamId, block: [...block] }))
    expect(blocks).toEqual([{ streamId: 3, block: [9] }])
  })

  it('takes off padding and priority before joining', () => {
    const frames = [frame(1, 0x28, 1, [2, 0, 0, 0, 0, 9, 65, 66, 0, 0]), frame(9, 0x4, 1, [67])]
    expect([...(joinHeaders(frames)[0]?.block ?? [])]).toEqual([65, 66, 67])
    expect(codeOf(() => joinHeaders([frame(1, 0x24, 1, [0, 0, 0, 0])]))).toBe('FRAME_SIZE_ERROR')
  })

  it('finds an empty block behind a priority', () => {
    for (const f of [frame(1, 0x24, 1, zeros(5)), frame(1, 0x2c, 1, [2, ...zeros(5), 0, 0])]) {
      expect(joinHeaders([f]).map(({ block }) => [...block])).toEqual([[]])
    }
  })

  it('lets nothing come between', () => {
    const open = frame(1, 0, 1, [1])
    for (const other of [frame(0, 0, 1), frame(6, 0, 0, zeros(8)), frame(77, 0, 0)]) {
      expect(codeOf(() => joinHeaders([open, other, frame(9, 0x4, 1)]))).toBe('PROTOCOL_ERROR')
    }
  })

  it('refuses continuations that belong to no block, and blocks without an end', () => {
    const open = frame(1, 0, 1, [1])
    const bad = [[open, frame(9, 0x4, 3)], [frame(9, 0x4, 1)], [open], [open, frame(1, 0x4, 3)]]
    for (const frames of [...bad, [frame(1, 0x4, 1), frame(9, 0x4, 1)]]) {
      expect(codeOf(() => joinHeaders(frames))).toBe('PROTOCOL_ERROR')
    }
  })
})
