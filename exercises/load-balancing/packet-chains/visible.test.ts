import { describe, expect, it } from 'vitest'
import { Netfilter, type Packet, RuleError } from './solution'

const packet: Packet = {
  src: '198.51.100.9',
  sport: 4711,
  dst: '192.0.2.1',
  dport: 80,
  proto: 'tcp',
  iface: 'eth0',
}

describe('Netfilter', () => {
  it('delivers packets for this host', () => {
    const nf = new Netfilter(['192.0.2.1'])
    expect(nf.process(packet)).toEqual({
      verdict: 'local',
      packet,
      path: ['PREROUTING/raw', 'PREROUTING/mangle', 'PREROUTING/nat', 'INPUT/mangle', 'INPUT/filter'],
    })
  })

  it('lets the first matching rule decide', () => {
    const nf = new Netfilter(['192.0.2.1'])
    nf.append('filter', 'INPUT', { src: '198.51.100.0/24', dport: 22, target: 'DROP' })
    nf.append('filter', 'INPUT', { src: '198.51.100.0/24', target: 'ACCEPT' })
    nf.policy('INPUT', 'DROP')
    expect(nf.process(packet).verdict).toBe('local')
    expect(nf.process({ ...packet, dport: 22 }).verdict).toBe('dropped')
    expect(nf.process({ ...packet, src: '203.0.113.5' }).verdict).toBe('dropped')
  })

  it('redirects a flow, and translates its replies back', () => {
    const nf = new Netfilter(['192.0.2.1'])
    nf.append('nat', 'PREROUTING', { dport: 80, target: { dnat: { ip: '10.0.0.7', port: 8080 } } })
    const first = nf.process(packet)
    expect([first.verdict, first.packet.dst, first.packet.dport]).toEqual(['forwarded', '10.0.0.7', 8080])
    const reply = nf.process({ ...packet, src: '10.0.0.7', sport: 8080, dst: '198.51.100.9', dport: 4711 })
    expect([reply.packet.src, reply.packet.sport]).toEqual(['192.0.2.1', 80])
    expect(reply.path).not.toContain('PREROUTING/nat')
  })

  it('refuses DNAT where it would come too late', () => {
    const nf = new Netfilter(['192.0.2.1'])
    expect(() => nf.append('nat', 'POSTROUTING', { target: { dnat: { ip: '10.0.0.7' } } })).toThrow(RuleError)
  })
})
