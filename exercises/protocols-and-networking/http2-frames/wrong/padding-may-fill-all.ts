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
const DEFAULT_MAX_FRAME_SIZE = 16_384
const MAX_STREAM_ID = 2 ** 31 - 1

const DATA = 0
const HEADERS = 1
const PUSH_PROMISE = 5
const WINDOW_UPDATE = 8
const CONTINUATION = 9

const ACK = 0x1
const END_HEADERS = 0x4
const PADDED = 0x8
const PRIORITY = 0x20
const PRIORITY_SIZE = 5

interface TypeRule {
  readonly stream: 'zero' | 'not-zero' | 'any'
  readonly fits: (length: number, flags: number) => boolean
}

const anySize = (): boolean => true
const exactly = (size: number) => (length: number) => length === size

/** What each known type demands; the index is the type. */
const RULES: readonly TypeRule[] = [
  { stream: 'not-zero', fits: anySize },
  { stream: 'not-zero', fits: anySize },
  { stream: 'not-zero', fits: exactly(5) },
  { stream: 'not-zero', fits: exactly(4) },
  { stream: 'zero', fits: (length, flags) => (flags & ACK ? length === 0 : length % 6 === 0) },
  { stream: 'not-zero', fits: anySize },
  { stream: 'zero', fits: exactly(8) },
  { stream: 'zero', fits: (length) => length >= 8 },
  { stream: 'any', fits: exactly(4) },
  { stream: 'not-zero', fits: anySize },
]

/** The bytes of a frame. */
export function encodeFrame(f: Frame): Uint8Array {
  checkRange(f.type, 255)
  checkRange(f.flags, 255)
  checkRange(f.streamId, MAX_STREAM_ID)
  const { length } = f.payload
  if (length > DEFAULT_MAX_FRAME_SIZE) throw new H2Error('FRAME_SIZE_ERROR', `${length} bytes are too many`)
  const bytes = new Uint8Array(HEADER_SIZE + length)
  const view = new DataView(bytes.buffer)
  // Length and type share the first word.
  view.setUint32(0, length * 256 + f.type)
  view.setUint8(4, f.flags)
  view.setUint32(5, f.streamId)
  bytes.set(f.payload, HEADER_SIZE)
  return bytes
}

/** Finds frames in a stream of bytes that may be cut anywhere. */
export class FrameDecoder {
  readonly #maxFrameSize: number
  readonly #header = new Uint8Array(HEADER_SIZE)
  /** The frame that is being filled, once its header is known. */
  #frame: Frame | null = null
  /** Bytes that the header, or else the payload, has already. */
  #filled = 0
  #failure: H2Error | null = null

  constructor(opts: { maxFrameSize?: number } = {}) {
    this.#maxFrameSize = opts.maxFrameSize ?? DEFAULT_MAX_FRAME_SIZE
  }

  push(chunk: Uint8Array): Frame[] {
    if (this.#failure !== null) throw this.#failure
    try {
      return this.#read(chunk)
    } catch (error) {
      if (error instanceof H2Error) this.#failure = error
      throw error
    }
  }

  #read(chunk: Uint8Array): Frame[] {
    const frames: Frame[] = []
    let rest = chunk
    while (rest.length > 0) {
      rest = this.#fill(this.#frame?.payload ?? this.#header, rest)
      if (this.#frame === null && this.#filled === HEADER_SIZE) {
        this.#frame = readHeader(this.#header, this.#maxFrameSize)
        this.#filled = 0
      }
      if (this.#frame !== null && this.#filled === this.#frame.payload.length) {
        checkComplete(this.#frame)
        frames.push(this.#frame)
        this.#frame = null
        this.#filled = 0
      }
    }
    return frames
  }

  /** Copies as much as is missing; the rest is for what comes next. */
  #fill(target: Uint8Array, bytes: Uint8Array): Uint8Array {
    const count = Math.min(target.length - this.#filled, bytes.length)
    target.set(bytes.subarray(0, count), this.#filled)
    this.#filled += count
    return bytes.subarray(count)
  }
}

/** The payload without padding. */
export function unpad(f: Frame): Uint8Array {
  const mayBePadded = f.type === DATA || f.type === HEADERS || f.type === PUSH_PROMISE
  if (!mayBePadded || !(f.flags & PADDED)) return f.payload
  const [padding] = f.payload
  if (padding === undefined) throw new H2Error('FRAME_SIZE_ERROR', 'no length of the padding')
  if (padding > f.payload.length) throw new H2Error('PROTOCOL_ERROR', 'more padding than payload')
  return f.payload.subarray(1, Math.max(1, f.payload.length - padding))
}

/** The header blocks of a connection, each whole. */
export function joinHeaders(frames: readonly Frame[]): Array<{ streamId: number; block: Uint8Array }> {
  const blocks: Array<{ streamId: number; block: Uint8Array }> = []
  let open: { streamId: number; parts: Uint8Array[] } | null = null
  for (const f of frames) {
    const continues = f.type === CONTINUATION && f.streamId === open?.streamId
    if (open !== null ? !continues : f.type === CONTINUATION) {
      throw new H2Error('PROTOCOL_ERROR', 'a header block must not be interrupted')
    }
    if (open !== null) open.parts.push(f.payload)
    else if (f.type === HEADERS) open = { streamId: f.streamId, parts: [firstFragment(f)] }
    if (open !== null && f.flags & END_HEADERS) {
      blocks.push({ streamId: open.streamId, block: concat(open.parts) })
      open = null
    }
  }
  if (open !== null) throw new H2Error('PROTOCOL_ERROR', 'the last header block is not complete')
  return blocks
}

function firstFragment(f: Frame): Uint8Array {
  const content = unpad(f)
  if (!(f.flags & PRIORITY)) return content
  if (content.length < PRIORITY_SIZE) throw new H2Error('FRAME_SIZE_ERROR', 'no room for the priority')
  return content.subarray(PRIORITY_SIZE)
}

/** A frame with an empty payload to be filled. All that the header can tell is checked before memory is set aside. */
function readHeader(header: Uint8Array, maxFrameSize: number): Frame {
  const view = new DataView(header.buffer)
  const length = view.getUint32(0) >>> 8
  const type = view.getUint8(3)
  const flags = view.getUint8(4)
  const streamId = view.getUint32(5) & MAX_STREAM_ID
  const rule = RULES[type]
  if (length > maxFrameSize || rule?.fits(length, flags) === false) {
    throw new H2Error('FRAME_SIZE_ERROR', `${length} bytes in a frame of type ${type}`)
  }
  if (rule !== undefined && rule.stream !== 'any' && (rule.stream === 'zero') !== (streamId === 0)) {
    throw new H2Error('PROTOCOL_ERROR', `a frame of type ${type} on stream ${streamId}`)
  }
  return { type, flags, streamId, payload: new Uint8Array(length) }
}

/** What only the payload can tell. */
function checkComplete({ type, payload }: Frame): void {
  if (type !== WINDOW_UPDATE) return
  const increment = new DataView(payload.buffer).getUint32(0) & MAX_STREAM_ID
  if (increment === 0) throw new H2Error('PROTOCOL_ERROR', 'a window must not be opened by nothing')
}

function concat(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, { length }) => sum + length, 0))
  let offset = 0
  for (const part of parts) {
    all.set(part, offset)
    offset += part.length
  }
  return all
}

function checkRange(n: number, max: number): void {
  if (!Number.isInteger(n) || n < 0 || n > max) throw new RangeError(`${n} is not between 0 and ${max}`)
}
