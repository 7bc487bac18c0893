/** The decoder fills one target at a time, first nine bytes of header and then a payload of known length, so no byte is copied twice. */

/** One frame, its payload as it stands on the wire. */
export interface Frame {
  type: number
  flags: number
  streamId: number
  payload: Uint8Array
}

type Code = 'PROTOCOL_ERROR' | 'FRAME_SIZE_ERROR'

/** An error that ends the connection: RFC 9113, section 5.4.1. */
export class H2Error extends Error {
  readonly code: Code

  constructor(code: Code, message: string) {
    super(message)
    this.code = code
  }
}

const HEADER_SIZE = 9
const DEFAULT_MAX = 16_384

const DATA = 0
const HEADERS = 1
const PUSH_PROMISE = 5
const WINDOW_UPDATE = 8
const CONTINUATION = 9

const ACK = 0x1
const END_HEADERS = 0x4
const PADDED = 0x8
const PRIORITY = 0x20

interface Shape {
  /** On which streams the frame may stand. */
  readonly stream: 'zero' | 'other' | 'any'
  readonly fits?: (length: number, flags: number) => boolean
}

/** By type. */
const SHAPES: readonly Shape[] = [
  { stream: 'other' },
  { stream: 'other' },
  { stream: 'other', fits: (length) => length === 5 },
  { stream: 'other', fits: (length) => length === 4 },
  { stream: 'zero', fits: (length, flags) => (flags & ACK ? length === 0 : length % 6 === 0) },
  { stream: 'other' },
  { stream: 'zero', fits: (length) => length === 8 },
  { stream: 'zero', fits: (length) => length >= 8 },
  { stream: 'any', fits: (length) => length === 4 },
  { stream: 'other' },
]

function checkInteger(name: string, n: number, max: number): void {
  if (!Number.isInteger(n) || n < 0 || n > max) throw new RangeError(`${name} must be an integer from 0 to ${max}`)
}

/** The bytes of a frame. */
export function encodeFrame({ type, flags, streamId, payload }: Frame): Uint8Array {
  checkInteger('type', type, 0xff)
  checkInteger('flags', flags, 0xff)
  checkInteger('streamId', streamId, 0x7fffffff)
  if (payload.length > DEFAULT_MAX) throw new H2Error('FRAME_SIZE_ERROR', 'the payload is too long')
  const bytes = new Uint8Array(HEADER_SIZE + payload.length)
  const view = new DataView(bytes.buffer)
  // The length takes 24 bits: the type overwrites what would be the last byte of 32.
  view.setUint32(0, payload.length << 8)
  view.setUint8(3, type)
  view.setUint8(4, flags)
  view.setUint32(5, streamId)
  bytes.set(payload, HEADER_SIZE)
  return bytes
}

/** Finds frames in a stream of bytes that may be cut anywhere. */
export class FrameDecoder {
  readonly #maxFrameSize: number
  readonly #header = new Uint8Array(HEADER_SIZE)
  /** The frame whose payload is being filled; undefined within a header. */
  #frame: Frame | undefined
  /** Bytes of the header or of the payload that are there. */
  #filled = 0
  #failure: H2Error | undefined

  constructor({ maxFrameSize = DEFAULT_MAX }: { maxFrameSize?: number } = {}) {
    this.#maxFrameSize = maxFrameSize
  }

  /** The frames that are complete with these bytes. */
  push(chunk: Uint8Array): Frame[] {
    if (this.#failure) throw new H2Error(this.#failure.code, this.#failure.message)
    try {
      return this.#decode(chunk)
    } catch (error) {
      if (error instanceof H2Error) this.#failure = error
      throw error
    }
  }

  #decode(chunk: Uint8Array): Frame[] {
    const frames: Frame[] = []
    let at = 0
    while (at < chunk.length) {
      const target: Uint8Array = this.#frame?.payload ?? this.#header
      const part = chunk.subarray(at, at + target.length - this.#filled)
      target.set(part, this.#filled)
      at += part.length
      this.#filled += part.length
      if (this.#filled < target.length) break
      this.#filled = 0
      const frame: Frame = this.#frame ?? this.#open()
      // A header without a payload is a complete frame.
      if (this.#frame || frame.payload.length === 0) {
        checkContent(frame)
        frames.push(frame)
        this.#frame = undefined
      } else {
        this.#frame = frame
      }
    }
    return frames
  }

  /** The frame that the header announces, its payload still to be filled. */
  #open(): Frame {
    const view = new DataView(this.#header.buffer)
    const length = view.getUint32(0) >>> 8
    const type = view.getUint8(3)
    const flags = view.getUint8(4)
    const streamId = view.getUint32(5) & 0x7fffffff
    const { stream, fits }: Shape = SHAPES[type] ?? { stream: 'any' }
    if (length > this.#maxFrameSize) throw new H2Error('FRAME_SIZE_ERROR', 'the frame is too long')
    if (fits && !fits(length, flags)) {
      throw new H2Error('FRAME_SIZE_ERROR', `${length} bytes in a frame of type ${type}`)
    }
    if (stream !== 'any' && (stream === 'zero') !== (streamId === 0)) {
      throw new H2Error('PROTOCOL_ERROR', `a frame of type ${type} on stream ${streamId}`)
    }
    return { type, flags, streamId, payload: new Uint8Array(length) }
  }
}

function checkContent({ type, payload }: Frame): void {
  if (type !== WINDOW_UPDATE) return
  const isZero = payload.every((byte, i) => (i === 0 ? byte & 0x7f : byte) === 0)
  if (isZero) throw new H2Error('PROTOCOL_ERROR', 'a window grows by nothing')
}

/** The payload without padding. */
export function unpad({ type, flags, payload }: Frame): Uint8Array {
  const mayBePadded = type === DATA || type === HEADERS || type === PUSH_PROMISE
  if (!mayBePadded || !(flags & PADDED)) return payload
  const padding = payload[0]
  if (padding === undefined) throw new H2Error('FRAME_SIZE_ERROR', 'the length of the padding is missing')
  if (padding >= payload.length) throw new H2Error('PROTOCOL_ERROR', 'more padding than payload')
  return payload.slice(1, payload.length - padding)
}

/** The first piece of a block. */
function fragment(frame: Frame): Uint8Array {
  const content = unpad(frame)
  if (!(frame.flags & PRIORITY)) return content
  if (content.length < 5) throw new H2Error('FRAME_SIZE_ERROR', 'the priority is missing')
  return content.subarray(5)
}

function concat(pieces: readonly Uint8Array[]): Uint8Array {
  const whole = new Uint8Array(pieces.reduce((sum, { length }) => sum + length, 0))
  let at = 0
  for (const piece of pieces) {
    whole.set(piece, at)
    at += piece.length
  }
  return whole
}

/** The header blocks of a connection, each whole. */
export function joinHeaders(frames: readonly Frame[]): Array<{ streamId: number; block: Uint8Array }> {
  const blocks: Array<{ streamId: number; block: Uint8Array }> = []
  let open: { streamId: number; pieces: Uint8Array[] } | undefined
  for (const frame of frames) {
    const { type, flags, streamId } = frame
    const continues = type === CONTINUATION && streamId === open?.streamId
    if (open ? !continues : type === CONTINUATION) {
      throw new H2Error('PROTOCOL_ERROR', `a frame of type ${type} on stream ${streamId} stands in the wrong place`)
    }
    if (open) open.pieces.push(frame.payload)
    else if (type === HEADERS) open = { streamId, pieces: [fragment(frame)] }
    if (open && flags & END_HEADERS) {
      blocks.push({ streamId, block: concat(open.pieces) })
      open = undefined
    }
  }
  if (open) throw new H2Error('PROTOCOL_ERROR', 'a header block has no end')
  return blocks
}
