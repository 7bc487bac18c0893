import { describe, expect, it } from 'vitest'
import { random } from 'handroll'
import { PortAllocator, PortExhaustedError, type Segment, TcpEndpoint, type TcpState } from './solution'

const MSL = 30_000
const wrap = (n: number) => ((n % 2 ** 32) + 2 ** 32) % 2 ** 32

/** A segment as text, so that missing flags and false ones look the same. */
function show(s: Segment): string {
  const flags = (['syn', 'fin', 'rst', 'ack'] as const).filter((flag) => s[flag]).join('+')
  return `${flags} ${s.seq}${s.ack ? ` of ${s.ackNo}` : ''}`
}

/** One end with initial number `isn`, and a peer with `peer`, in the hands of the test. */
class Bench {
  readonly isn: number
  readonly peer: number
  readonly clock = { now: random.int(0, 1e6) }
  readonly tcp: TcpEndpoint
  #sent: Segment[] = []

  constructor(isn = random.int(0, 2 ** 31), peer = random.int(0, 2 ** 31)) {
    this.isn = isn
    this.peer = peer
    const send = (s: Segment) => void this.#sent.push({ ...s })
    this.tcp = new TcpEndpoint({ isn, mslMs: MSL, now: () => this.clock.now, send })
  }

  /** What was sent since the last time, as text. */
  sent(): string[] {
    const sent = this.#sent.map(show)
    this.#sent = []
    return sent
  }

  /** Numbers relative to both initial ones. */
  me(n: number): number {
    return wrap(this.isn + n)
  }

  their(n: number): number {
    return wrap(this.peer + n)
  }

  /** A segment of the peer: flags, its number, what it acknowledges. */
  receive(flags: string, seq: number, ackNo?: number): void {
    const has = (flag: string) => flags.split('+').includes(flag)
    const s: Segment = { seq: this.their(seq) }
    if (has('syn')) s.syn = true
    if (has('fin')) s.fin = true
    if (has('rst')) s.rst = true
    if (has('ack')) Object.assign(s, { ack: true, ackNo: this.me(ackNo ?? 0) })
    this.tcp.receive(s)
  }

  connect(): this {
    this.tcp.connect()
    this.receive('syn+ack', 0, 1)
    return this
  }
}

/** An end in the state, with everything sent so far forgotten, and the next numbers of both. */
function reach(state: TcpState): { bench: Bench; snd: number; rcv: number } {
  const bench = new Bench()
  const { tcp } = bench
  let [snd, rcv] = [1, 1]
  if (state === 'SYN_RCVD') {
    tcp.listen()
    bench.receive('syn', 0)
  } else bench.connect()
  if (state === 'CLOSE_WAIT' || state === 'LAST_ACK') bench.receive('fin+ack', rcv++, snd)
  if (!['SYN_RCVD', 'ESTABLISHED', 'CLOSE_WAIT'].includes(state)) {
    tcp.close()
    snd++
  }
  if (state === 'FIN_WAIT_2' || state === 'TIME_WAIT') bench.receive('ack', rcv, snd)
  if (state === 'CLOSING') bench.receive('fin+ack', rcv++, snd - 1)
  if (state === 'TIME_WAIT') bench.receive('fin+ack', rcv++, snd)
  expect(tcp.state).toBe(state)
  bench.sent()
  return { bench, snd, rcv }
}

const SYNCHRONIZED = [
  'ESTABLISHED',
  'FIN_WAIT_1',
  'FIN_WAIT_2',
  'CLOSE_WAIT',
  'CLOSING',
  'LAST_ACK',
  'TIME_WAIT',
] as const

describe('Opening', () => {
  it('opens actively, acknowledging one more than the number of the peer', () => {
    const bench = new Bench()
    expect(bench.tcp.state).toBe('CLOSED')
    bench.tcp.connect()
    expect([bench.tcp.state, bench.sent()]).toEqual(['SYN_SENT', [`syn ${bench.isn}`]])
    bench.receive('syn+ack', 0, 1)
    expect([bench.tcp.state, bench.sent()]).toEqual(['ESTABLISHED', [`ack ${bench.me(1)} of ${bench.their(1)}`]])
  })

  it('opens passively', () => {
    const bench = new Bench()
    bench.tcp.listen()
    expect([bench.tcp.state, bench.sent()]).toEqual(['LISTEN', []])
    bench.receive('syn', 0)
    expect([bench.tcp.state, bench.sent()]).toEqual(['SYN_RCVD', [`syn+ack ${bench.isn} of ${bench.their(1)}`]])
    bench.receive('ack', 1, 1)
    expect([bench.tcp.state, bench.sent()]).toEqual(['ESTABLISHED', []])
  })

  it('counts modulo two to the thirty-second', () => {
    const bench = new Bench(2 ** 32 - 1, 2 ** 32 - 1)
    bench.tcp.connect()
    bench.tcp.receive({ syn: true, ack: true, seq: 2 ** 32 - 1, ackNo: 0 })
    expect([bench.tcp.state, bench.sent().at(-1)]).toEqual(['ESTABLISHED', 'ack 0 of 0'])
    const late = new Bench(2 ** 32 - 2, 2 ** 32 - 2)
    late.connect()
    late.tcp.close()
    expect(late.sent().at(-1)).toBe(`fin+ack ${2 ** 32 - 1} of ${2 ** 32 - 1}`)
    late.tcp.receive({ fin: true, ack: true, seq: 2 ** 32 - 1, ackNo: 0 })
    expect([late.tcp.state, late.sent()]).toEqual(['TIME_WAIT', ['ack 0 of 0']])
  })

  it('opens when both ends begin at once', () => {
    const bench = new Bench()
    bench.tcp.connect()
    bench.sent()
    bench.receive('syn', 0)
    expect([bench.tcp.state, bench.sent()]).toEqual(['SYN_RCVD', [`syn+ack ${bench.isn} of ${bench.their(1)}`]])
    bench.receive('syn+ack', 0, 1)
    expect([bench.tcp.state, bench.sent()]).toEqual(['ESTABLISHED', []])
  })

  it('answers a repeated SYN as it did the first', () => {
    const { bench } = reach('SYN_RCVD')
    bench.receive('syn', 0)
    expect([bench.tcp.state, bench.sent()]).toEqual(['SYN_RCVD', [`syn+ack ${bench.isn} of ${bench.their(1)}`]])
    bench.receive('ack', 1, 1)
    expect(bench.tcp.state).toBe('ESTABLISHED')
  })

  it('gives up without a word before it is connected', () => {
    const listening = new Bench()
    listening.tcp.listen()
    listening.tcp.close()
    const calling = new Bench()
    calling.tcp.connect()
    calling.sent()
    calling.tcp.close()
    expect([listening.tcp.state, calling.tcp.state]).toEqual(['CLOSED', 'CLOSED'])
    expect([...listening.sent(), ...calling.sent()]).toEqual([])
  })

  it('can be used again once it is closed', () => {
    const bench = new Bench()
    bench.tcp.listen()
    bench.tcp.close()
    bench.connect()
    expect(bench.tcp.state).toBe('ESTABLISHED')
  })
})

describe('Closing', () => {
  it('sends a FIN with the next number when it closes', () => {
    const { bench } = reach('ESTABLISHED')
    bench.tcp.close()
    expect([bench.tcp.state, bench.sent()]).toEqual(['FIN_WAIT_1', [`fin+ack ${bench.me(1)} of ${bench.their(1)}`]])
  })

  it('waits for the other FIN after its own was acknowledged', () => {
    const { bench } = reach('FIN_WAIT_1')
    bench.receive('ack', 1, 2)
    expect([bench.tcp.state, bench.sent()]).toEqual(['FIN_WAIT_2', []])
  })

  it('waits in TIME_WAIT after the other FIN', () => {
    const { bench } = reach('FIN_WAIT_2')
    bench.receive('fin+ack', 1, 2)
    expect([bench.tcp.state, bench.sent()]).toEqual(['TIME_WAIT', [`ack ${bench.me(2)} of ${bench.their(2)}`]])
    bench.clock.now += 2 * MSL - 1
    bench.tcp.tick()
    expect(bench.tcp.state).toBe('TIME_WAIT')
    bench.clock.now += 1
    expect(bench.tcp.state).toBe('TIME_WAIT')
    bench.tcp.tick()
    expect([bench.tcp.state, bench.sent()]).toEqual(['CLOSED', []])
  })

  it('acknowledges a FIN of the peer, counting it', () => {
    const { bench } = reach('ESTABLISHED')
    bench.receive('fin+ack', 1, 1)
    expect([bench.tcp.state, bench.sent()]).toEqual(['CLOSE_WAIT', [`ack ${bench.me(1)} of ${bench.their(2)}`]])
    bench.tcp.close()
    expect([bench.tcp.state, bench.sent()]).toEqual(['LAST_ACK', [`fin+ack ${bench.me(1)} of ${bench.their(2)}`]])
  })

  it('is closed at once when a passive close is acknowledged', () => {
    const { bench } = reach('LAST_ACK')
    bench.receive('ack', 2, 2)
    expect([bench.tcp.state, bench.sent()]).toEqual(['CLOSED', []])
  })

  it('passes through CLOSING when both close at once', () => {
    const { bench } = reach('FIN_WAIT_1')
    bench.receive('fin+ack', 1, 1)
    expect([bench.tcp.state, bench.sent()]).toEqual(['CLOSING', [`ack ${bench.me(2)} of ${bench.their(2)}`]])
  })

  it('waits after CLOSING until twice the MSL has passed', () => {
    const { bench } = reach('CLOSING')
    bench.receive('ack', 2, 2)
    expect([bench.tcp.state, bench.sent()]).toEqual(['TIME_WAIT', []])
    bench.clock.now += 2 * MSL
    bench.tcp.tick()
    expect(bench.tcp.state).toBe('CLOSED')
  })

  it('takes acknowledgement and FIN from one segment', () => {
    const { bench } = reach('FIN_WAIT_1')
    bench.receive('fin+ack', 1, 2)
    expect([bench.tcp.state, bench.sent()]).toEqual(['TIME_WAIT', [`ack ${bench.me(2)} of ${bench.their(2)}`]])
    const opening = reach('SYN_RCVD').bench
    opening.receive('fin+ack', 1, 1)
    expect([opening.tcp.state, opening.sent()]).toEqual(['CLOSE_WAIT', [`ack ${opening.me(1)} of ${opening.their(2)}`]])
  })

  it('can close before the handshake is complete', () => {
    const { bench } = reach('SYN_RCVD')
    bench.tcp.close()
    expect([bench.tcp.state, bench.sent()]).toEqual(['FIN_WAIT_1', [`fin+ack ${bench.me(1)} of ${bench.their(1)}`]])
    bench.receive('ack', 1, 1)
    expect(bench.tcp.state).toBe('FIN_WAIT_1')
    bench.receive('ack', 1, 2)
    expect(bench.tcp.state).toBe('FIN_WAIT_2')
  })

  it('needs the clock only in TIME_WAIT', () => {
    for (const state of ['ESTABLISHED', 'FIN_WAIT_2', 'CLOSE_WAIT'] as const) {
      const { bench } = reach(state)
      bench.clock.now += 10 * MSL
      bench.tcp.tick()
      expect(bench.tcp.state).toBe(state)
    }
  })
})

describe('Wrong and repeated segments', () => {
  it('answers with a reset when nobody is there', () => {
    const bench = new Bench()
    bench.receive('ack', 5, 7)
    bench.receive('syn', 0)
    bench.receive('syn+fin', 0)
    bench.receive('rst', 5)
    const [syn, both] = [bench.their(1), bench.their(2)]
    expect(bench.sent()).toEqual([`rst ${bench.me(7)}`, `rst+ack 0 of ${syn}`, `rst+ack 0 of ${both}`])
    expect(bench.tcp.state).toBe('CLOSED')
  })

  it('resets an acknowledgement while it listens, and ignores the rest', () => {
    const bench = new Bench()
    bench.tcp.listen()
    bench.receive('syn+ack', 0, 9)
    expect(bench.sent()).toEqual([`rst ${bench.me(9)}`])
    bench.receive('fin', 0)
    bench.receive('rst', 0)
    expect([bench.tcp.state, bench.sent()]).toEqual(['LISTEN', []])
  })

  it('resets an acknowledgement of a SYN that it never sent', () => {
    const bench = new Bench()
    bench.tcp.connect()
    bench.sent()
    bench.receive('syn+ack', 0, 5)
    expect([bench.tcp.state, bench.sent()]).toEqual(['SYN_SENT', [`rst ${bench.me(5)}`]])
    const accepting = reach('SYN_RCVD').bench
    accepting.receive('ack', 1, 0)
    expect([accepting.tcp.state, accepting.sent()]).toEqual(['SYN_RCVD', [`rst ${accepting.me(0)}`]])
  })

  it('is refused by a reset that acknowledges its SYN', () => {
    const bench = new Bench()
    bench.tcp.connect()
    bench.sent()
    bench.receive('rst', 0)
    bench.receive('rst+ack', 0, 3)
    bench.receive('ack', 0, 1)
    expect([bench.tcp.state, bench.sent()]).toEqual(['SYN_SENT', []])
    bench.receive('rst+ack', 0, 1)
    expect([bench.tcp.state, bench.sent()]).toEqual(['CLOSED', []])
  })

  it('is closed by a reset with the number that is expected', () => {
    for (const state of ['SYN_RCVD', ...SYNCHRONIZED] as const) {
      const { bench, rcv } = reach(state)
      bench.receive('rst', rcv)
      expect([bench.tcp.state, bench.sent()]).toEqual(['CLOSED', []])
    }
  })

  it('ignores a reset with any other number', () => {
    for (const state of ['SYN_RCVD', 'ESTABLISHED', 'CLOSE_WAIT', 'TIME_WAIT'] as const) {
      const { bench, rcv } = reach(state)
      bench.receive('rst', rcv + random.int(1, 1000))
      bench.receive('rst', rcv - 1)
      expect([bench.tcp.state, bench.sent()]).toEqual([state, []])
    }
  })

  it('answers what is out of turn by saying what it expects', () => {
    for (const state of SYNCHRONIZED) {
      const { bench, snd, rcv } = reach(state)
      bench.receive('ack', rcv + 5, snd)
      expect([bench.tcp.state, bench.sent()]).toEqual([state, [`ack ${bench.me(snd)} of ${bench.their(rcv)}`]])
    }
    const { bench } = reach('ESTABLISHED')
    bench.receive('syn+ack', 0, 1)
    expect([bench.tcp.state, bench.sent()]).toEqual(['ESTABLISHED', [`ack ${bench.me(1)} of ${bench.their(1)}`]])
  })

  it('takes no other SYN for the one that it has answered', () => {
    for (const [flags, seq, ackNo] of [['syn', 5, 0], ['syn+ack', 5, 1], ['syn+ack', 0, 5]] as const) {
      const { bench } = reach('SYN_RCVD')
      bench.receive(flags, seq, ackNo)
      expect([bench.tcp.state, bench.sent()]).toEqual(['SYN_RCVD', [`ack ${bench.me(1)} of ${bench.their(1)}`]])
    }
  })

  it('takes one FIN of the peer only', () => {
    for (const state of ['CLOSE_WAIT', 'CLOSING', 'LAST_ACK', 'TIME_WAIT'] as const) {
      const { bench, snd, rcv } = reach(state)
      bench.receive('fin+ack', rcv, state === 'CLOSING' || state === 'LAST_ACK' ? snd - 1 : snd)
      expect([bench.tcp.state, bench.sent()]).toEqual([state, []])
    }
  })

  it('does not take a FIN out of turn', () => {
    const { bench } = reach('ESTABLISHED')
    bench.receive('fin+ack', 2, 1)
    expect([bench.tcp.state, bench.sent()]).toEqual(['ESTABLISHED', [`ack ${bench.me(1)} of ${bench.their(1)}`]])
  })

  it('acknowledges a repeated FIN again', () => {
    for (const state of ['CLOSE_WAIT', 'CLOSING', 'LAST_ACK', 'TIME_WAIT'] as const) {
      const { bench, snd, rcv } = reach(state)
      bench.receive('fin+ack', rcv - 1, snd)
      expect([bench.tcp.state, bench.sent()]).toEqual([state, [`ack ${bench.me(snd)} of ${bench.their(rcv)}`]])
    }
  })

  it('waits anew after a repeated FIN', () => {
    const { bench, snd, rcv } = reach('TIME_WAIT')
    bench.clock.now += MSL
    bench.receive('fin+ack', rcv - 1, snd)
    bench.clock.now += 2 * MSL - 1
    bench.tcp.tick()
    expect(bench.tcp.state).toBe('TIME_WAIT')
    bench.clock.now += 1
    bench.tcp.tick()
    expect(bench.tcp.state).toBe('CLOSED')
  })

  it('uses nothing of a segment that acknowledges what was never sent', () => {
    for (const state of ['ESTABLISHED', 'FIN_WAIT_1', 'FIN_WAIT_2'] as const) {
      const { bench, snd, rcv } = reach(state)
      bench.receive('fin+ack', rcv, snd + 1)
      expect([bench.tcp.state, bench.sent()]).toEqual([state, [`ack ${bench.me(snd)} of ${bench.their(rcv)}`]])
    }
  })

  it('ignores a segment in turn without an acknowledgement', () => {
    const { bench, rcv } = reach('ESTABLISHED')
    bench.receive('fin', rcv)
    expect([bench.tcp.state, bench.sent()]).toEqual(['ESTABLISHED', []])
  })

  it('takes an acknowledgement that brings nothing new', () => {
    for (const state of ['FIN_WAIT_1', 'CLOSING', 'LAST_ACK'] as const) {
      const { bench, snd, rcv } = reach(state)
      bench.receive('ack', rcv, snd - 1)
      expect([bench.tcp.state, bench.sent()]).toEqual([state, []])
    }
  })

  it('throws for calls that are out of place, and changes nothing', () => {
    for (const state of SYNCHRONIZED) {
      const { bench } = reach(state)
      expect(() => bench.tcp.listen()).toThrow(Error)
      expect(() => bench.tcp.connect()).toThrow(Error)
      if (state !== 'ESTABLISHED' && state !== 'CLOSE_WAIT') expect(() => bench.tcp.close()).toThrow(Error)
      expect([bench.tcp.state, bench.sent()]).toEqual([state, []])
    }
    expect(() => new Bench().tcp.close()).toThrow(Error)
  })
})

/** A table of three ports and its clock. */
function table(reuse?: boolean) {
  const clock = { now: 0 }
  const opts = { lo: 40_000, hi: 40_002, timeWaitMs: 60_000, now: () => clock.now }
  return { clock, ports: new PortAllocator(reuse === undefined ? opts : { ...opts, reuse }) }
}

describe('Ports', () => {
  it('takes the lowest free port, each once for a destination', () => {
    const { ports } = table()
    expect([ports.open('a'), ports.open('a'), ports.open('a')]).toEqual([40_000, 40_001, 40_002])
    expect(() => ports.open('a')).toThrow(PortExhaustedError)
  })

  it('shares ports between destinations', () => {
    const { ports } = table()
    for (let i = 0; i < 3; i++) ports.open('a')
    expect([ports.open('b'), ports.open('b')]).toEqual([40_000, 40_001])
    ports.close(40_001, 'b', false)
    expect(() => ports.open('a')).toThrow(PortExhaustedError)
    expect(ports.open('b')).toBe(40_001)
  })

  it('frees the port of a passive close at once', () => {
    const { ports } = table()
    for (let i = 0; i < 3; i++) ports.open('a')
    ports.close(40_001, 'a', false)
    expect(ports.open('a')).toBe(40_001)
  })

  it('keeps the port of an active close for its time', () => {
    const { ports, clock } = table()
    for (let i = 0; i < 3; i++) ports.open('a')
    clock.now = 500
    ports.close(40_002, 'a', true)
    clock.now = 60_499
    expect(() => ports.open('a')).toThrow(PortExhaustedError)
    clock.now = 60_500
    expect(ports.open('a')).toBe(40_002)
  })

  it('keeps a waiting port from its own destination only', () => {
    const { ports } = table()
    ports.open('a')
    ports.close(40_000, 'a', true)
    expect([ports.open('a'), ports.open('b')]).toEqual([40_001, 40_000])
  })

  it('reuses a waiting port after a second if that is allowed', () => {
    const { ports, clock } = table(true)
    ports.open('a')
    ports.close(40_000, 'a', true)
    clock.now = 999
    expect(ports.open('a')).toBe(40_001)
    clock.now = 1000
    expect(ports.open('a')).toBe(40_000)
    const quick = new PortAllocator({ lo: 1, hi: 1, timeWaitMs: 10, reuse: true, now: () => clock.now })
    quick.open('a')
    quick.close(1, 'a', true)
    clock.now = 1010
    expect(quick.open('a')).toBe(1)
  })

  it('refuses to close what is not open', () => {
    const { ports } = table()
    ports.open('a')
    expect(() => ports.close(40_001, 'a', false)).toThrow(Error)
    expect(() => ports.close(40_000, 'b', false)).toThrow(Error)
    ports.close(40_000, 'a', true)
    expect(() => ports.close(40_000, 'a', false)).toThrow(Error)
    expect(ports.open('a')).toBe(40_001)
  })
})
