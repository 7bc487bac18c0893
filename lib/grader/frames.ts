import { ChannelClosed, ProtocolBreach, type Channel, type Frame } from '@/lib/runtime/membrane/channel'

/*
 * How frames travel between judge and guest: 4 bytes of length, little-endian, then that many bytes of UTF-8 JSON.
 * Both processes load this file, so it knows neither Node nor Deno; reading and writing are handed in.
 *
 * What it needs of the language is taken when it is loaded: in the guest, learner code may change it later.
 */

/** Blocks until there is something, and answers how many bytes it put into `into`; 0 or an exception mean the end. */
export type Read = (into: Uint8Array) => number
/** Blocks until something was taken, and answers how many bytes; an exception means the end. */
export type Write = (bytes: Uint8Array) => number

export interface FrameCaps {
  /** Bytes of one frame, either way. */
  frameBytes: number
  /** Bytes of all frames read, over the life of the channel. */
  totalBytes: number
}

export const FRAME_CAPS: FrameCaps = { frameBytes: 4 * 1024 * 1024, totalBytes: 64 * 1024 * 1024 }

/** A frame that is larger than any may be, or too many bytes in all. */
export class OutputLimitExceeded extends ProtocolBreach {
  override name = 'OutputLimitExceeded'
}

const HEADER_BYTES = 4
/** Most frames are far smaller, and come whole with one read. */
const BUFFER_BYTES = 64 * 1024
/** No UTF-16 unit takes more bytes of UTF-8. */
const MAX_BYTES_PER_UNIT = 3

const { parse, stringify } = JSON
const { isArray } = Array
const encoder = new TextEncoder()
const decoder = new TextDecoder('utf-8', { fatal: true })
const encode = encoder.encode.bind(encoder)
const encodeInto = encoder.encodeInto.bind(encoder)
const decode = decoder.decode.bind(decoder)

export interface Pipe {
  read: Read
  write: Write
}

/** Both directions of a connection. */
export function createFrameChannel({ read, write }: Pipe, caps: FrameCaps = FRAME_CAPS): Channel {
  return { receive: createFrameReader(read, caps), send: (frame) => writeFrame(write, frame, caps) }
}

/**
 * Answers a function that blocks until the next frame is there.
 * It throws ChannelClosed at the end, ProtocolBreach on bytes that are no frame, OutputLimitExceeded beyond a cap.
 */
export function createFrameReader(read: Read, caps: FrameCaps = FRAME_CAPS): () => Frame {
  const buffer = new Uint8Array(BUFFER_BYTES)
  let start = 0
  let end = 0
  let total = 0

  const fill = (into: Uint8Array): number => {
    const count = readSome(read, into)
    total += count
    if (total > caps.totalBytes) throw new OutputLimitExceeded(`more than ${caps.totalBytes} bytes in all`)
    return count
  }

  /** Brings at least `bytes` bytes together in the buffer, which must have room for them. */
  const gather = (bytes: number): void => {
    if (start + bytes > BUFFER_BYTES) {
      buffer.copyWithin(0, start, end)
      end -= start
      start = 0
    }
    while (end - start < bytes) end += fill(buffer.subarray(end))
  }

  /** The body of a frame; a view of the buffer where it fits into it. */
  const take = (length: number): Uint8Array => {
    if (length <= BUFFER_BYTES) {
      gather(length)
      const body = buffer.subarray(start, start + length)
      start += length
      return body
    }
    const body = new Uint8Array(length)
    body.set(buffer.subarray(start, end))
    let filled = end - start
    start = end = 0
    while (filled < length) filled += fill(body.subarray(filled))
    return body
  }

  return () => {
    if (start === end) start = end = 0
    gather(HEADER_BYTES)
    const length = readLength(buffer, start)
    start += HEADER_BYTES
    if (length > caps.frameBytes) throw new OutputLimitExceeded(`a frame of ${length} bytes`)
    return parseFrame(take(length))
  }
}

/**
 * Writes one frame and returns when all of it was taken.
 * @throws ChannelClosed when the other side is gone, OutputLimitExceeded for a frame beyond the cap
 */
export function writeFrame(write: Write, frame: Frame, caps: Pick<FrameCaps, 'frameBytes'> = FRAME_CAPS): void {
  const bytes = toBytes(stringify(frame))
  const length = bytes.length - HEADER_BYTES
  if (length > caps.frameBytes) throw new OutputLimitExceeded(`a frame of ${length} bytes`)
  writeLength(bytes, length)
  for (let written = 0; written < bytes.length;) written += writeSome(write, bytes.subarray(written))
}

const scratch = new Uint8Array(BUFFER_BYTES)

/** The text as UTF-8, with room for the header before it. Small ones share one buffer. */
function toBytes(json: string): Uint8Array {
  if (json.length * MAX_BYTES_PER_UNIT + HEADER_BYTES <= BUFFER_BYTES) {
    const { written } = encodeInto(json, scratch.subarray(HEADER_BYTES))
    return scratch.subarray(0, HEADER_BYTES + written)
  }
  const body = encode(json)
  const bytes = new Uint8Array(HEADER_BYTES + body.length)
  bytes.set(body, HEADER_BYTES)
  return bytes
}

function parseFrame(body: Uint8Array): Frame {
  let frame: unknown
  try {
    frame = parse(decode(body))
  } catch {
    throw new ProtocolBreach('a frame is not JSON')
  }
  if (!isArray(frame)) throw new ProtocolBreach('a frame is not a list')
  return frame
}

function readLength(bytes: Uint8Array, at: number): number {
  const byte = (offset: number): number => bytes[at + offset] ?? 0
  return (byte(0) | (byte(1) << 8) | (byte(2) << 16) | (byte(3) << 24)) >>> 0
}

function writeLength(bytes: Uint8Array, length: number): void {
  for (let i = 0; i < HEADER_BYTES; i++) bytes[i] = (length >>> (8 * i)) & 0xff
}

function readSome(read: Read, into: Uint8Array): number {
  let count: number
  try {
    count = read(into)
  } catch {
    throw new ChannelClosed('the other side cannot be read')
  }
  if (count === 0) throw new ChannelClosed('the other side has ended')
  return count
}

function writeSome(write: Write, bytes: Uint8Array): number {
  try {
    return write(bytes)
  } catch {
    throw new ChannelClosed('the other side takes nothing more')
  }
}
