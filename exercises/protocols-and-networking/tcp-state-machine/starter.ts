export type TcpState =
  | 'CLOSED'
  | 'LISTEN'
  | 'SYN_SENT'
  | 'SYN_RCVD'
  | 'ESTABLISHED'
  | 'FIN_WAIT_1'
  | 'FIN_WAIT_2'
  | 'CLOSE_WAIT'
  | 'CLOSING'
  | 'LAST_ACK'
  | 'TIME_WAIT'

/** A segment without data. Missing flags are false; `ackNo` counts only with `ack`. */
export interface Segment {
  syn?: boolean
  ack?: boolean
  fin?: boolean
  rst?: boolean
  seq: number
  ackNo?: number
}

/** One end of a TCP connection, for segments that carry no data. */
export class TcpEndpoint {
  constructor(opts: { isn: number; mslMs: number; now: () => number; send: (s: Segment) => void }) {
    throw new Error('not implemented')
  }

  get state(): TcpState {
    throw new Error('not implemented')
  }

  /** Waits for a peer. */
  listen(): void {
    throw new Error('not implemented')
  }

  /** Begins a handshake. */
  connect(): void {
    throw new Error('not implemented')
  }

  /** Says that nothing more will be sent. */
  close(): void {
    throw new Error('not implemented')
  }

  /** Takes a segment from the network. */
  receive(s: Segment): void {
    throw new Error('not implemented')
  }

  /** Looks at the clock: TIME_WAIT may be over. */
  tick(): void {
    throw new Error('not implemented')
  }
}

export class PortExhaustedError extends Error {}

/** Local ports of outgoing connections. */
export class PortAllocator {
  constructor(opts: { lo: number; hi: number; timeWaitMs: number; reuse?: boolean; now: () => number }) {
    throw new Error('not implemented')
  }

  /** Takes the lowest port that is free for `dst`. */
  open(dst: string): number {
    throw new Error('not implemented')
  }

  /** Gives a port back, at once or after a while. */
  close(port: number, dst: string, activeCloser: boolean): void {
    throw new Error('not implemented')
  }
}
