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

/** The bytes of a frame. */
export function encodeFrame(f: Frame): Uint8Array {
  throw new Error('not implemented')
}

/** Finds frames in a stream of bytes that may be cut anywhere. */
export class FrameDecoder {
  constructor(opts: { maxFrameSize?: number } = {}) {
    throw new Error('not implemented')
  }

  /** The frames that are complete with these bytes. */
  push(chunk: Uint8Array): Frame[] {
    throw new Error('not implemented')
  }
}

/** The payload without padding. */
export function unpad(f: Frame): Uint8Array {
  throw new Error('not implemented')
}

/** The header blocks of a connection, each whole. */
export function joinHeaders(frames: readonly Frame[]): Array<{ streamId: number; block: Uint8Array }> {
  throw new Error('not implemented')
}
