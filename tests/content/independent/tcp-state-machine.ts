/** Each group of states has a function for what arrives; states change before anything is sent, so answers may come at once. */
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

export interface Segment {
  syn?: boolean
  ack?: boolean
  fin?: boolean
  rst?: boolean
  seq: number
  ackNo?: number
}

/** Sequence numbers count modulo 2 ** 32. */
const plus = (n: number, by: number) => (n + by) >>> 0

/** Where our acknowledged FIN, and where the peer's FIN, lead to. */
const AFTER_OUR_FIN: Partial<Record<TcpState, TcpState>> = {
  FIN_WAIT_1: 'FIN_WAIT_2',
  CLOSING: 'TIME_WAIT',
  LAST_ACK: 'CLOSED',
}
const AFTER_THEIR_FIN: Partial<Record<TcpState, TcpState>> = {
  ESTABLISHED: 'CLOSE_WAIT',
  FIN_WAIT_1: 'CLOSING',
  FIN_WAIT_2: 'TIME_WAIT',
}
const AFTER_CLOSE: Partial<Record<TcpState, TcpState>> = {
  LISTEN: 'CLOSED',
  SYN_SENT: 'CLOSED',
  SYN_RCVD: 'FIN_WAIT_1',
  ESTABLISHED: 'FIN_WAIT_1',
  CLOSE_WAIT: 'LAST_ACK',
}

export class TcpEndpoint {
  private readonly isn: number
  private readonly mslMs: number
  private readonly now: () => number
  private readonly send: (s: Segment) => void
  private phase: TcpState = 'CLOSED'
  /** The next number that we send, and the next that we expect. */
  private snd = 0
  private rcv = 0
  private waitingSince = 0

  constructor(opts: { isn: number; mslMs: number; now: () => number; send: (s: Segment) => void }) {
    this.isn = opts.isn
    this.mslMs = opts.mslMs
    this.now = opts.now
    this.send = opts.send
  }

  get state(): TcpState {
    return this.phase
  }

  listen(): void {
    this.requireClosed()
    this.phase = 'LISTEN'
  }

  connect(): void {
    this.requireClosed()
    this.phase = 'SYN_SENT'
    this.snd = plus(this.isn, 1)
    this.send({ syn: true, seq: this.isn })
  }

  close(): void {
    const next = AFTER_CLOSE[this.phase]
    if (next === undefined) throw new Error(`close in ${this.phase}`)
    this.phase = next
    if (next === 'CLOSED') return
    const seq = this.snd
    this.snd = plus(seq, 1)
    this.send({ fin: true, ack: true, seq, ackNo: this.rcv })
  }

  receive(s: Segment): void {
    if (this.phase === 'CLOSED') this.refuse(s)
    else if (this.phase === 'LISTEN') this.receiveListening(s)
    else if (this.phase === 'SYN_SENT') this.receiveOpening(s)
    else this.receiveInOrder(s)
  }

  tick(): void {
    if (this.phase === 'TIME_WAIT' && this.now() - this.waitingSince >= 2 * this.mslMs) this.phase = 'CLOSED'
  }

  private requireClosed(): void {
    if (this.phase !== 'CLOSED') throw new Error(`cannot be opened in ${this.phase}`)
  }

  private receiveListening(s: Segment): void {
    if (s.rst) return
    if (s.ack) {
      this.refuse(s)
    } else if (s.syn) {
      this.snd = plus(this.isn, 1)
      this.rcv = plus(s.seq, 1)
      this.phase = 'SYN_RCVD'
      this.sendSynAck()
    }
  }

  private receiveOpening(s: Segment): void {
    if (s.ack && s.ackNo !== this.snd) {
      this.refuse(s)
    } else if (s.rst) {
      if (s.ack) this.phase = 'CLOSED'
    } else if (s.syn) {
      this.rcv = plus(s.seq, 1)
      this.phase = s.ack ? 'ESTABLISHED' : 'SYN_RCVD'
      if (s.ack) this.sendAck()
      else this.sendSynAck()
    }
  }

  /** In all states in which both numbers are known. */
  private receiveInOrder(s: Segment): void {
    const inOrder = s.seq === this.rcv
    if (s.rst) {
      if (inOrder) this.phase = 'CLOSED'
      return
    }
    if (!inOrder) {
      if (this.phase === 'SYN_RCVD' && s.syn && plus(s.seq, 1) === this.rcv) {
        if (!s.ack) {
          this.sendSynAck()
          return
        }
        if (s.ackNo === this.snd) {
          this.phase = 'ESTABLISHED'
          return
        }
      }
      if (this.phase === 'TIME_WAIT' && s.fin) this.waitingSince = this.now()
      this.sendAck()
      return
    }
    if (!s.ack) return
    if (s.ackNo === this.snd) {
      this.enter(this.phase === 'SYN_RCVD' ? 'ESTABLISHED' : AFTER_OUR_FIN[this.phase])
    } else if (this.phase === 'SYN_RCVD') {
      this.refuse(s)
      return
    } else {
      const finAcknowledged = this.phase === 'FIN_WAIT_2' || this.phase === 'TIME_WAIT'
      if (finAcknowledged || s.ackNo !== plus(this.snd, -1)) {
        this.sendAck()
        return
      }
    }
    const afterFin = AFTER_THEIR_FIN[this.phase]
    if (!s.fin || afterFin === undefined) return
    this.rcv = plus(this.rcv, 1)
    this.enter(afterFin)
    this.sendAck()
  }

  private enter(next: TcpState | undefined): void {
    if (next === undefined) return
    this.phase = next
    if (next === 'TIME_WAIT') this.waitingSince = this.now()
  }

  private sendAck(): void {
    this.send({ ack: true, seq: this.snd, ackNo: this.rcv })
  }

  private sendSynAck(): void {
    this.send({ syn: true, ack: true, seq: this.isn, ackNo: this.rcv })
  }

  /** Answers with a RST, unless it was one. */
  private refuse(s: Segment): void {
    if (s.rst) return
    if (s.ack) this.send({ rst: true, seq: s.ackNo ?? 0 })
    else this.send({ rst: true, ack: true, seq: 0, ackNo: plus(s.seq, (s.syn ? 1 : 0) + (s.fin ? 1 : 0)) })
  }
}

export class PortExhaustedError extends Error {
  override name = 'PortExhaustedError'
}

/** The ports from `lo` to `hi` for one destination. */
class PortRange {
  private readonly hi: number
  private untouched: number
  private readonly open = new Set<number>()
  /** Ports that were used and are free again, ascending from the end: the lowest one is the last. */
  private readonly freed: number[] = []
  /** Ports in TIME_WAIT. All wait equally long, so the first one is the first to be free. */
  private waiting: Array<{ port: number; freeAt: number }> = []

  constructor(lo: number, hi: number) {
    this.untouched = lo
    this.hi = hi
  }

  take(now: number): number | null {
    this.release(now)
    const port = this.freed.pop() ?? (this.untouched <= this.hi ? this.untouched++ : null)
    if (port !== null) this.open.add(port)
    return port
  }

  /** False if it was not open. */
  giveBack(port: number, freeAt: number | null): boolean {
    if (!this.open.delete(port)) return false
    if (freeAt === null) this.free(port)
    else this.waiting.push({ port, freeAt })
    return true
  }

  private release(now: number): void {
    let over = 0
    for (const { port, freeAt } of this.waiting) {
      if (freeAt > now) break
      this.free(port)
      over++
    }
    if (over > 0) this.waiting = this.waiting.slice(over)
  }

  private free(port: number): void {
    let low = 0
    let high = this.freed.length
    while (low < high) {
      const middle = (low + high) >>> 1
      if ((this.freed[middle] ?? 0) > port) low = middle + 1
      else high = middle
    }
    this.freed.splice(low, 0, port)
  }
}

export class PortAllocator {
  private readonly lo: number
  private readonly hi: number
  private readonly waitMs: number
  private readonly now: () => number
  private readonly ranges = new Map<string, PortRange>()

  constructor(opts: { lo: number; hi: number; timeWaitMs: number; reuse?: boolean; now: () => number }) {
    this.lo = opts.lo
    this.hi = opts.hi
    this.waitMs = opts.reuse ? Math.min(opts.timeWaitMs, 1000) : opts.timeWaitMs
    this.now = opts.now
  }

  open(dst: string): number {
    let range = this.ranges.get(dst)
    if (range === undefined) {
      range = new PortRange(this.lo, this.hi)
      this.ranges.set(dst, range)
    }
    const port = range.take(this.now())
    if (port === null) throw new PortExhaustedError(`no port is free for ${dst}`)
    return port
  }

  close(port: number, dst: string, activeCloser: boolean): void {
    const freeAt = activeCloser ? this.now() + this.waitMs : null
    if (!this.ranges.get(dst)?.giveBack(port, freeAt)) throw new Error(`port ${port} is not open for ${dst}`)
  }
}
