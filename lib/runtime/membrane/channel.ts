import type { Wire } from './wire'

/** One message between the two ends: JSON values, so that it survives a pipe unchanged. */
export type Frame = Wire[]

/** Blocking both ways. `receive` throws ChannelClosed when the other process is gone. */
export interface Channel {
  send(frame: Frame): void
  receive(): Frame
}

/** The other process is gone: killed at a limit, crashed, or ended by the learner's code. */
export class ChannelClosed extends Error {
  override name = 'ChannelClosed'
}

/** The other end sent what an honest one never sends. The end that sees it must be thrown away. */
export class ProtocolBreach extends Error {
  override name = 'ProtocolBreach'
}
