import { describe, expect, it } from 'vitest'
import { PortAllocator, PortExhaustedError, type Segment, TcpEndpoint } from './solution'

/** One end, the segments it sent, and its clock. */
function endpoint(isn: number) {
  const clock = { now: 0 }
  const sent: Segment[] = []
  const tcp = new TcpEndpoint({ isn, mslMs: 30_000, now: () => clock.now, send: (s) => void sent.push(s) })
  return { tcp, sent, clock }
}

describe('TCP', () => {
  it('shakes hands in three steps', () => {
    const client = endpoint(100)
    client.tcp.connect()
    expect(client.tcp.state).toBe('SYN_SENT')
    expect(client.sent[0]).toMatchObject({ syn: true, seq: 100 })
    client.tcp.receive({ syn: true, ack: true, seq: 300, ackNo: 101 })
    expect(client.tcp.state).toBe('ESTABLISHED')
    expect(client.sent[1]).toMatchObject({ ack: true, seq: 101, ackNo: 301 })
  })

  it('closes actively and waits for twice the MSL', () => {
    const { tcp, clock } = endpoint(100)
    tcp.connect()
    tcp.receive({ syn: true, ack: true, seq: 300, ackNo: 101 })
    tcp.close()
    expect(tcp.state).toBe('FIN_WAIT_1')
    tcp.receive({ ack: true, seq: 301, ackNo: 102 })
    tcp.receive({ fin: true, ack: true, seq: 301, ackNo: 102 })
    expect(tcp.state).toBe('TIME_WAIT')
    clock.now = 60_000
    tcp.tick()
    expect(tcp.state).toBe('CLOSED')
  })

  it('closes passively without a wait', () => {
    const { tcp, sent } = endpoint(300)
    tcp.listen()
    tcp.receive({ syn: true, seq: 100 })
    tcp.receive({ ack: true, seq: 101, ackNo: 301 })
    tcp.receive({ fin: true, ack: true, seq: 101, ackNo: 301 })
    expect(tcp.state).toBe('CLOSE_WAIT')
    tcp.close()
    expect(sent.at(-1)).toMatchObject({ fin: true, ack: true, seq: 301, ackNo: 102 })
    tcp.receive({ ack: true, seq: 102, ackNo: 302 })
    expect(tcp.state).toBe('CLOSED')
  })

  it('runs out of ports to one destination', () => {
    const ports = new PortAllocator({ lo: 5000, hi: 5001, timeWaitMs: 60_000, now: () => 0 })
    expect([ports.open('a:80'), ports.open('a:80')]).toEqual([5000, 5001])
    expect(() => ports.open('a:80')).toThrow(PortExhaustedError)
  })
})
