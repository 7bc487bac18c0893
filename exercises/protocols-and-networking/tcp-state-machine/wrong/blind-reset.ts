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

/** Where a state goes when our FIN is acknowledged. */
const AFTER_ACK: Partial<Record<TcpState, TcpState>> = {
  SYN_RCVD: 'ESTABLISHED',
  FIN_WAIT_1: 'FIN_WAIT_2',
  CLOSING: 'TIME_WAIT',
  LAST_ACK: 'CLOSED',
}

/** Where a state goes when the peer's FIN arrives; the other states have had one already. */
const AFTER_FIN: Partial<Record<TcpState, TcpState>> = {
  ESTABLISHED: 'CLOSE_WAIT',
  FIN_WAIT_1: 'CLOSING',
  FIN_WAIT_2: 'TIME_WAIT',
}

/** Where a state goes when the program closes; in the others it cannot. */
const AFTER_CLOSE: Partial<Record<TcpState, TcpState>> = {
  LISTEN: 'CLOSED',
  SYN_SENT: 'CLOSED',
  SYN_RCVD: 'FIN_WAIT_1',
  ESTABLISHED: 'FIN_WAIT_1',
  CLOSE_WAIT: 'LAST_ACK',
}

/** States in which a FIN of ours is on its way. */
const FIN_PENDING: readonly TcpState[] = ['FIN_WAIT_1', 'CLOSING', 'LAST_ACK']

/** One end of a TCP connection: RFC 9293, section 3.10, for segments that carry no data. */
export class TcpEndpoint {
  readonly #isn: number
  readonly #mslMs: number
  readonly #now: () => number
  readonly #send: (s: Segment) => void
  #state: TcpState = 'CLOSED'
  /** The next sequence number that we send. */
  #snd = 0
  /** The next sequence number that we expect. */
  #rcv = 0
  #waitingSince = 0

  constructor(opts: { isn: number; mslMs: number; now: () => number; send: (s: Segment) => void }) {
    this.#isn = opts.isn
    this.#mslMs = opts.mslMs
    this.#now = opts.now
    this.#send = opts.send
  }

  get state(): TcpState {
    return this.#state
  }

  listen(): void {
    this.#mustBeClosed()
    this.#state = 'LISTEN'
  }

  connect(): void {
    this.#mustBeClosed()
    this.#snd = wrap(this.#isn + 1)
    this.#state = 'SYN_SENT'
    this.#send({ syn: true, seq: this.#isn })
  }

  close(): void {
    const next = AFTER_CLOSE[this.#state]
    if (next === undefined) throw new Error(`cannot close in ${this.#state}`)
    this.#state = next
    if (next === 'CLOSED') return
    const seq = this.#snd
    this.#snd = wrap(seq + 1)
    this.#send({ fin: true, ack: true, seq, ackNo: this.#rcv })
  }

  receive(s: Segment): void {
    if (this.#state === 'CLOSED') this.#reset(s)
    else if (this.#state === 'LISTEN') this.#receiveListening(s)
    else if (this.#state === 'SYN_SENT') this.#receiveSynSent(s)
    else this.#receiveSynchronized(s)
  }

  tick(): void {
    const over = this.#now() - this.#waitingSince >= 2 * this.#mslMs
    if (this.#state === 'TIME_WAIT' && over) this.#state = 'CLOSED'
  }

  #receiveListening(s: Segment): void {
    if (s.ack) this.#reset(s)
    else if (s.syn && !s.rst) {
      this.#snd = wrap(this.#isn + 1)
      this.#acceptSyn(s)
    }
  }

  #receiveSynSent(s: Segment): void {
    if (s.ack && s.ackNo !== this.#snd) return this.#reset(s)
    if (s.rst) {
      if (s.ack) this.#state = 'CLOSED'
    } else if (s.syn && s.ack) {
      this.#rcv = wrap(s.seq + 1)
      this.#state = 'ESTABLISHED'
      this.#acknowledge()
    } else if (s.syn) this.#acceptSyn(s)
  }

  #receiveSynchronized(s: Segment): void {
    if (s.rst) {
      this.#state = 'CLOSED'
    } else if (s.seq !== this.#rcv) this.#receiveOutOfTurn(s)
    else if (s.ack && this.#accepts(s)) {
      if (s.ackNo === this.#snd) this.#enter(AFTER_ACK[this.#state])
      if (s.fin) this.#receiveFin()
    }
  }

  /** A repetition, or a segment of another connection: the peer learns what we expect. */
  #receiveOutOfTurn(s: Segment): void {
    const isPeersSyn = this.#state === 'SYN_RCVD' && s.syn && wrap(s.seq + 1) === this.#rcv
    if (isPeersSyn && !s.ack) return this.#acceptSyn(s)
    if (isPeersSyn && s.ackNo === this.#snd) return this.#enter('ESTABLISHED')
    if (s.fin && this.#state === 'TIME_WAIT') this.#enter('TIME_WAIT')
    this.#acknowledge()
  }

  /** Whether the acknowledgement may be used; if not, it is answered here. */
  #accepts(s: Segment): boolean {
    if (s.ackNo === this.#snd) return true
    if (this.#state === 'SYN_RCVD') {
      this.#reset(s)
      return false
    }
    const nothingNew = FIN_PENDING.includes(this.#state) && s.ackNo === wrap(this.#snd - 1)
    if (!nothingNew) this.#acknowledge()
    return nothingNew
  }

  #receiveFin(): void {
    const next = AFTER_FIN[this.#state]
    if (next === undefined) return
    this.#rcv = wrap(this.#rcv + 1)
    this.#enter(next)
    this.#acknowledge()
  }

  #acceptSyn(s: Segment): void {
    this.#rcv = wrap(s.seq + 1)
    this.#state = 'SYN_RCVD'
    this.#send({ syn: true, ack: true, seq: this.#isn, ackNo: this.#rcv })
  }

  #enter(state: TcpState | undefined): void {
    if (state === undefined) return
    this.#state = state
    if (state === 'TIME_WAIT') this.#waitingSince = this.#now()
  }

  #acknowledge(): void {
    this.#send({ ack: true, seq: this.#snd, ackNo: this.#rcv })
  }

  #reset(s: Segment): void {
    if (s.rst) return
    if (s.ack) this.#send({ rst: true, seq: s.ackNo ?? 0 })
    else this.#send({ rst: true, ack: true, seq: 0, ackNo: wrap(s.seq + (s.syn ? 1 : 0) + (s.fin ? 1 : 0)) })
  }

  #mustBeClosed(): void {
    if (this.#state !== 'CLOSED') throw new Error(`not possible in ${this.#state}`)
  }
}

export class PortExhaustedError extends Error {}

/** Longest wait of a port that may be reused: timestamps keep old segments out after that. */
const REUSE_MS = 1000

/** Local ports of outgoing connections; what must be unique is the pair of port and destination. */
export class PortAllocator {
  readonly #opts: { lo: number; hi: number; timeWaitMs: number; reuse?: boolean; now: () => number }
  /** For each destination, until when each port is taken; infinity while it is open. */
  readonly #taken = new Map<string, Map<number, number>>()

  constructor(opts: { lo: number; hi: number; timeWaitMs: number; reuse?: boolean; now: () => number }) {
    this.#opts = opts
  }

  open(dst: string): number {
    const taken = this.#taken.get(dst) ?? new Map<number, number>()
    const now = this.#opts.now()
    for (let port = this.#opts.lo; port <= this.#opts.hi; port++) {
      if ((taken.get(port) ?? now) > now) continue
      this.#taken.set(dst, taken.set(port, Number.POSITIVE_INFINITY))
      return port
    }
    throw new PortExhaustedError(`every port to ${dst} is taken`)
  }

  close(port: number, dst: string, activeCloser: boolean): void {
    const taken = this.#taken.get(dst)
    if (taken?.get(port) !== Number.POSITIVE_INFINITY) throw new Error(`port ${port} is not open to ${dst}`)
    const { timeWaitMs, reuse } = this.#opts
    if (activeCloser) taken.set(port, this.#opts.now() + (reuse ? Math.min(REUSE_MS, timeWaitMs) : timeWaitMs))
    else taken.delete(port)
  }
}

/** Sequence numbers have 32 bits. */
function wrap(n: number): number {
  return n >>> 0
}
