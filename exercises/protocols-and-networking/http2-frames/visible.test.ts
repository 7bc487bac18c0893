import { describe, expect, it } from 'vitest'
import { encodeFrame, FrameDecoder, H2Error, joinHeaders, unpad } from './solution'

describe('HTTP/2 frames', () => {
  it('have nine bytes of header', () => {
    const frame = { type: 0, flags: 1, streamId: 3, payload: Uint8Array.of(7, 8) }
    expect([...encodeFrame(frame)]).toEqual([0, 0, 2, 0, 1, 0, 0, 0, 3, 7, 8])
  })

  it('come out whole although the bytes were cut', () => {
    const decoder = new FrameDecoder()
    expect(decoder.push(Uint8Array.of(0, 0, 2, 0, 1, 0, 0))).toEqual([])
    const [frame] = decoder.push(Uint8Array.of(0, 3, 7, 8))
    expect(frame).toMatchObject({ type: 0, flags: 1, streamId: 3 })
    expect([...(frame?.payload ?? [])]).toEqual([7, 8])
  })

  it('are refused on the wrong stream', () => {
    const ping = [0, 0, 8, 6, 0, 0, 0, 0, 1, 1, 2, 3, 4, 5, 6, 7, 8]
    expect(() => new FrameDecoder().push(Uint8Array.from(ping))).toThrow(H2Error)
  })

  it('may be padded', () => {
    const frame = { type: 0, flags: 0x8, streamId: 1, payload: Uint8Array.of(2, 65, 66, 0, 0) }
    expect([...unpad(frame)]).toEqual([65, 66])
  })

  it('carry header blocks in several pieces', () => {
    const frames = [
      { type: 1, flags: 0, streamId: 1, payload: Uint8Array.of(1, 2) },
      { type: 9, flags: 0x4, streamId: 1, payload: Uint8Array.of(3) },
    ]
    const [block] = joinHeaders(frames)
    expect(block?.streamId).toBe(1)
    expect([...(block?.block ?? [])]).toEqual([1, 2, 3])
  })
})
