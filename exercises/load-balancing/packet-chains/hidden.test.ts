import { describe, expect, it } from 'vitest'
import { random } from 'handroll'
import { Netfilter, type Packet, type Rule, RuleError, type Target } from './solution'

const numbers = (count: number) => Array.from({ length: count }, (_, i) => i)
const HOST = '192.0.2.1'
const INSIDE = '10.0.0.1'
const CLIENT = '198.51.100.9'

const PRE = ['PREROUTING/raw', 'PREROUTING/mangle', 'PREROUTING/nat']
const IN = ['INPUT/mangle', 'INPUT/filter']
const FORWARD = ['FORWARD/mangle', 'FORWARD/filter']
const POST = ['POSTROUTING/mangle', 'POSTROUTING/nat']
const withoutNat = (path: readonly string[]) => path.filter((place) => !place.endsWith('/nat'))

/** A packet of a client to port 80 of this host, unless told otherwise. */
function packet(fields: Partial<Packet> = {}): Packet {
  return { src: CLIENT, sport: 4711, dst: HOST, dport: 80, proto: 'tcp', iface: 'eth0', ...fields }
}

function reply({ src, sport, dst, dport, proto }: Packet): Packet {
  return { src: dst, sport: dport, dst: src, dport: sport, proto, iface: 'eth1' }
}

/** From and to of a packet, to be read easily. */
const ends = ({ src, sport, dst, dport }: Packet) => `${src}:${sport} > ${dst}:${dport}`

/** A host whose INPUT decides by these rules. */
function filtering(...rules: Rule[]): Netfilter {
  const nf = new Netfilter([HOST])
  for (const rule of rules) nf.append('filter', 'INPUT', rule)
  return nf
}

describe('Rules and chains', () => {
  it('lets the first rule that matches decide', () => {
    const first = random.pick(['ACCEPT', 'DROP'] as const)
    const other = first === 'ACCEPT' ? 'DROP' : 'ACCEPT'
    const nf = filtering({ dport: 443, target: other }, { proto: 'tcp', target: first }, { dport: 80, target: other })
    expect(nf.process(packet()).verdict).toBe(first === 'ACCEPT' ? 'local' : 'dropped')
    const away = filtering({ dport: 80, target: 'ACCEPT' }, { proto: 'tcp', target: 'DROP' })
    expect(away.process(packet()).verdict).toBe('local')
    expect(away.process(packet({ dport: 81 })).verdict).toBe('dropped')
  })

  it('matches a rule only if all of its fields match', () => {
    const rule: Rule = { src: CLIENT, dst: HOST, dport: 80, proto: 'tcp', iface: 'eth0', target: 'DROP' }
    const nf = filtering(rule)
    expect(nf.process(packet()).verdict).toBe('dropped')
    const others = [{ src: '198.51.100.8' }, { dport: 81 }, { proto: 'udp' as const }, { iface: 'eth1' }]
    for (const fields of others) expect(nf.process(packet(fields)).verdict).toBe('local')
    const udp = new Netfilter([HOST, INSIDE])
    udp.append('filter', 'INPUT', { ...rule, dst: INSIDE })
    expect(udp.process(packet()).verdict).toBe('local')
  })

  it('applies the policy at the end of a filter chain', () => {
    const nf = filtering({ dport: 80, target: 'ACCEPT' })
    nf.policy('INPUT', 'DROP')
    expect([nf.process(packet()).verdict, nf.process(packet({ dport: 81 })).verdict]).toEqual(['local', 'dropped'])
    expect(nf.process(packet({ dst: '203.0.113.1' })).verdict).toBe('forwarded')
    nf.policy('FORWARD', 'DROP')
    nf.policy('INPUT', 'ACCEPT')
    expect(nf.process(packet({ dport: 82 })).verdict).toBe('local')
    expect(nf.process(packet({ dst: '203.0.113.2' })).verdict).toBe('dropped')
  })

  it('goes on in the calling chain when a chain ends or returns', () => {
    const nf = filtering()
    for (const chain of ['inner', 'outer']) nf.newChain('filter', chain)
    nf.append('filter', 'inner', { dport: 80, target: 'RETURN' })
    nf.append('filter', 'inner', { dport: 81, target: 'DROP' })
    nf.append('filter', 'inner', { dport: 83, target: 'ACCEPT' })
    nf.append('filter', 'outer', { target: { jump: 'inner' } })
    nf.append('filter', 'outer', { dport: 80, src: CLIENT, target: 'DROP' })
    nf.append('filter', 'INPUT', { target: { jump: 'outer' } })
    nf.append('filter', 'INPUT', { dport: 82, target: 'DROP' })
    nf.append('filter', 'INPUT', { dport: 83, target: 'DROP' })
    const verdicts = [80, 81, 82, 83, 84].map((dport) => nf.process(packet({ dport })).verdict)
    expect(verdicts).toEqual(['dropped', 'dropped', 'dropped', 'local', 'local'])
    expect(nf.process(packet({ src: '203.0.113.1' })).verdict).toBe('local')
  })

  it('applies the policy when a built-in chain returns', () => {
    const nf = filtering({ dport: 80, target: 'RETURN' }, { target: 'ACCEPT' })
    nf.policy('INPUT', 'DROP')
    expect(nf.process(packet()).verdict).toBe('dropped')
    expect(nf.process(packet({ dport: 81 })).verdict).toBe('local')
  })

  it('goes on to the next table after ACCEPT', () => {
    const nf = filtering({ dport: 80, target: 'DROP' })
    nf.append('mangle', 'INPUT', { target: 'ACCEPT' })
    nf.append('raw', 'PREROUTING', { target: 'ACCEPT' })
    expect(nf.process(packet())).toMatchObject({ verdict: 'dropped', path: [...PRE, ...IN] })
  })

  it('matches addresses by prefix', () => {
    const bits = (ip: string) =>
      ip
        .split('.')
        .map((part) => Number(part).toString(2).padStart(8, '0'))
        .join('')
    const someIp = () => numbers(4).map(() => random.int(0, 255)).join('.')
    const cases: Array<[string, string]> = numbers(30).map(() => {
      const [network, ip] = [someIp(), someIp()]
      const parts = [...network.split('.').slice(0, 2), ...ip.split('.').slice(2)]
      return [`${network}/${random.int(1, 31)}`, random.next() < 0.7 ? parts.join('.') : ip]
    })
    cases.push(['200.1.2.3/32', '200.1.2.3'], ['200.1.2.3/32', '200.1.2.2'], ['192.0.0.0/2', '255.0.0.1'])
    cases.push(['128.0.0.0/1', '127.255.255.255'], ['200.1.2.3', '200.1.2.3'], ['200.1.2.3', '72.1.2.3'])
    for (const [prefix, src] of cases) {
      const [network = '', length = '32'] = prefix.split('/')
      const isInside = bits(network).slice(0, Number(length)) === bits(src).slice(0, Number(length))
      const nf = filtering({ src: prefix, target: 'DROP' })
      expect(nf.process(packet({ src })).verdict).toBe(isInside ? 'dropped' : 'local')
    }
  })

  it('matches every address by a prefix of length 0', () => {
    for (const src of ['0.0.0.0', '10.1.2.3', '203.0.113.77', '255.255.255.255']) {
      expect(filtering({ src: '10.0.0.0/0', target: 'DROP' }).process(packet({ src })).verdict).toBe('dropped')
    }
  })

  it('refuses chains that are there and chains that are not', () => {
    const nf = filtering()
    nf.newChain('filter', 'mine')
    nf.newChain('nat', 'mine')
    expect(() => nf.newChain('filter', 'mine')).toThrow(RuleError)
    expect(() => nf.newChain('filter', 'INPUT')).toThrow(RuleError)
    for (const [table, chain] of [['raw', 'INPUT'], ['filter', 'PREROUTING'], ['mangle', 'mine']] as const) {
      expect(() => nf.append(table, chain, { target: 'ACCEPT' })).toThrow(RuleError)
    }
    expect(() => nf.append('mangle', 'INPUT', { target: { jump: 'mine' } })).toThrow(RuleError)
    for (const chain of ['PREROUTING', 'POSTROUTING', 'mine']) {
      expect(() => nf.policy(chain, 'DROP')).toThrow(RuleError)
    }
  })

  it('refuses the jump that closes a loop', () => {
    const nf = filtering()
    for (const chain of ['a', 'b', 'c']) nf.newChain('filter', chain)
    nf.append('filter', 'a', { target: { jump: 'b' } })
    nf.append('filter', 'b', { target: { jump: 'c' } })
    nf.append('filter', 'a', { target: { jump: 'c' } })
    for (const jump of ['a', 'b', 'c']) {
      expect(() => nf.append('filter', 'c', { dport: 1, target: { jump } })).toThrow(RuleError)
    }
    nf.append('filter', 'c', { target: 'DROP' })
    nf.append('filter', 'INPUT', { target: { jump: 'a' } })
    expect(nf.process(packet({ dport: 1 })).verdict).toBe('dropped')
  })
})

describe('The way of a packet', () => {
  it('consults every table of every chain on its way, in order', () => {
    const nf = new Netfilter([HOST, INSIDE])
    expect(nf.process(packet())).toEqual({ verdict: 'local', packet: packet(), path: [...PRE, ...IN] })
    expect(nf.process(packet({ dst: INSIDE })).verdict).toBe('local')
    const away = packet({ dst: '203.0.113.7' })
    expect(nf.process(away)).toEqual({ verdict: 'forwarded', packet: away, path: [...PRE, ...FORWARD, ...POST] })
  })

  it('ends where a packet is dropped', () => {
    const away = { dst: '203.0.113.7' }
    const places = [...PRE.slice(0, 2), ...FORWARD, ...POST]
    for (const place of places) {
      const [chain = '', table] = place.split('/')
      const nf = new Netfilter([HOST])
      nf.append(table as 'raw', chain, { target: 'DROP' })
      const all = [...PRE, ...FORWARD, ...POST]
      const path = all.slice(0, all.indexOf(place) + 1)
      expect(nf.process(packet(away))).toEqual({ verdict: 'dropped', packet: packet(away), path })
    }
  })

  it('decides the route by the destination after PREROUTING', () => {
    const nf = new Netfilter([HOST])
    nf.append('nat', 'PREROUTING', { dst: HOST, target: { dnat: { ip: '10.0.0.7' } } })
    nf.append('nat', 'PREROUTING', { dst: '203.0.113.7', target: { dnat: { ip: HOST, port: 9000 } } })
    expect(nf.process(packet())).toMatchObject({ verdict: 'forwarded', path: [...PRE, ...FORWARD, ...POST] })
    const here = nf.process(packet({ dst: '203.0.113.7' }))
    expect(here).toMatchObject({ verdict: 'local', path: [...PRE, ...IN] })
    expect(ends(here.packet)).toBe(`${CLIENT}:4711 > ${HOST}:9000`)
  })

  it('shows later rules the packet as it has become', () => {
    const nf = new Netfilter([HOST])
    nf.append('nat', 'PREROUTING', { dport: 80, target: { dnat: { ip: '10.0.0.7', port: 8080 } } })
    nf.append('filter', 'FORWARD', { dst: HOST, target: 'DROP' })
    nf.append('filter', 'FORWARD', { dport: 80, target: 'DROP' })
    nf.append('mangle', 'POSTROUTING', { dst: '10.0.0.7', dport: 8080, src: CLIENT, target: 'ACCEPT' })
    nf.append('mangle', 'POSTROUTING', { target: 'DROP' })
    nf.append('nat', 'POSTROUTING', { dst: '10.0.0.0/8', iface: 'eth0', target: { snat: { ip: INSIDE } } })
    const { verdict, packet: sent } = nf.process(packet())
    expect([verdict, ends(sent)]).toEqual(['forwarded', `${INSIDE}:4711 > 10.0.0.7:8080`])
  })

  it('leaves the packet that it was given alone', () => {
    const nf = new Netfilter([HOST])
    nf.append('nat', 'PREROUTING', { target: { dnat: { ip: '10.0.0.7' } } })
    const given = packet()
    nf.process(given)
    expect(given).toEqual(packet())
  })
})

describe('Flows and NAT', () => {
  /** Redirects port 80 to an inner server and hides the clients behind the inner address. */
  function translating(): Netfilter {
    const nf = new Netfilter([HOST, INSIDE])
    nf.append('nat', 'PREROUTING', { dst: HOST, dport: 80, target: { dnat: { ip: '10.0.0.7', port: 8080 } } })
    nf.append('nat', 'POSTROUTING', { dst: '10.0.0.7', target: { snat: { ip: INSIDE } } })
    return nf
  }

  it('treats all packets of a flow like the first, without asking again', () => {
    const nf = translating()
    const sport = random.int(1024, 65_000)
    const first = nf.process(packet({ sport }))
    expect([ends(first.packet), first.path]).toEqual([
      `${INSIDE}:${sport} > 10.0.0.7:8080`,
      [...PRE, ...FORWARD, ...POST],
    ])
    for (const _ of numbers(3)) {
      const later = nf.process(packet({ sport }))
      expect(later).toEqual({ ...first, path: withoutNat(first.path) })
    }
  })

  it('keeps to what was decided when rules are added later', () => {
    const nf = new Netfilter([HOST])
    const before = nf.process(packet())
    nf.append('nat', 'PREROUTING', { target: { dnat: { ip: '10.0.0.7' } } })
    expect(nf.process(packet())).toEqual({ ...before, path: withoutNat(before.path) })
    const other = random.pick([{ sport: 4712 }, { dport: 81 }, { proto: 'udp' as const }, { src: '198.51.100.8' }])
    expect(nf.process(packet(other)).packet.dst).toBe('10.0.0.7')
  })

  it('still lets the filter see every packet of a flow', () => {
    const nf = translating()
    nf.process(packet())
    nf.append('filter', 'FORWARD', { dst: '10.0.0.7', target: 'DROP' })
    const { verdict, path } = nf.process(packet())
    expect([verdict, path]).toEqual(['dropped', [...PRE.slice(0, 2), ...FORWARD]])
  })

  it('translates replies back', () => {
    const nf = translating()
    const sport = random.int(1024, 65_000)
    const { packet: sent } = nf.process(packet({ sport }))
    const back = nf.process(reply(sent))
    expect(ends(back.packet)).toBe(`${HOST}:80 > ${CLIENT}:${sport}`)
    expect([back.verdict, back.path]).toEqual(['forwarded', withoutNat([...PRE, ...FORWARD, ...POST])])
    expect(nf.process(packet({ sport })).packet).toEqual(sent)
  })

  it('routes a reply by its restored destination, and restores its source last', () => {
    const nf = translating()
    const { packet: sent } = nf.process(packet())
    nf.append('mangle', 'POSTROUTING', { src: '10.0.0.7', dst: CLIENT, target: 'ACCEPT' })
    nf.append('mangle', 'POSTROUTING', { target: 'DROP' })
    expect(nf.process(reply(sent)).verdict).toBe('forwarded')
  })

  it('knows the replies of flows that were not translated', () => {
    const nf = new Netfilter([HOST])
    const away = packet({ dst: '203.0.113.7' })
    nf.process(away)
    nf.append('nat', 'PREROUTING', { target: { dnat: { ip: '10.0.0.7' } } })
    nf.append('nat', 'POSTROUTING', { target: { snat: { ip: INSIDE } } })
    const back = nf.process(reply(away))
    expect(ends(back.packet)).toBe(ends(reply(away)))
    expect(back.path).not.toContain('PREROUTING/nat')
  })

  it('keeps many flows apart', () => {
    const nf = translating()
    const sports = random.shuffle(numbers(12).map((i) => 5000 + i * random.int(1, 50)))
    const sent = new Map([...new Set(sports)].map((sport) => [sport, nf.process(packet({ sport })).packet]))
    for (const [sport, one] of sent) {
      expect(ends(nf.process(reply(one)).packet)).toBe(`${HOST}:80 > ${CLIENT}:${sport}`)
    }
  })

  it('does not remember a flow whose first packet was dropped', () => {
    const nf = new Netfilter([HOST])
    nf.newChain('filter', 'gate')
    nf.append('filter', 'FORWARD', { dst: '203.0.113.7', target: 'DROP' })
    const away = packet({ dst: '203.0.113.7' })
    expect(nf.process(away).verdict).toBe('dropped')
    nf.append('nat', 'PREROUTING', { dst: '203.0.113.7', target: { dnat: { ip: '203.0.113.8' } } })
    expect(nf.process(away)).toMatchObject({ verdict: 'forwarded', path: [...PRE, ...FORWARD, ...POST] })
  })

  it('refuses translations in the wrong place, also by way of other chains', () => {
    const nf = new Netfilter([HOST])
    const dnat: Target = { dnat: { ip: '10.0.0.7' } }
    const snat: Target = { snat: { ip: INSIDE } }
    nf.newChain('nat', 'to')
    nf.newChain('nat', 'from')
    nf.newChain('filter', 'mine')
    expect(() => nf.append('nat', 'POSTROUTING', { target: dnat })).toThrow(RuleError)
    expect(() => nf.append('nat', 'PREROUTING', { target: snat })).toThrow(RuleError)
    expect(() => nf.append('mangle', 'PREROUTING', { target: dnat })).toThrow(RuleError)
    expect(() => nf.append('filter', 'mine', { target: snat })).toThrow(RuleError)
    nf.append('nat', 'to', { target: dnat })
    nf.append('nat', 'PREROUTING', { target: { jump: 'to' } })
    expect(() => nf.append('nat', 'POSTROUTING', { target: { jump: 'to' } })).toThrow(RuleError)
    nf.append('nat', 'POSTROUTING', { target: { jump: 'from' } })
    expect(() => nf.append('nat', 'from', { dport: 1, target: dnat })).toThrow(RuleError)
    nf.append('nat', 'from', { target: snat })
    expect(ends(nf.process(packet()).packet)).toBe(`${INSIDE}:4711 > 10.0.0.7:80`)
  })

  it('translates only what no earlier rule of the nat table has decided', () => {
    const nf = new Netfilter([HOST])
    nf.append('nat', 'PREROUTING', { dport: 443, target: 'ACCEPT' })
    nf.append('nat', 'PREROUTING', { dport: 444, target: 'RETURN' })
    nf.append('nat', 'PREROUTING', { dport: 22, target: 'DROP' })
    nf.append('nat', 'PREROUTING', { target: { dnat: { ip: '10.0.0.7' } } })
    for (const dport of [443, 444]) {
      expect(nf.process(packet({ dport }))).toMatchObject({ verdict: 'local', packet: { dst: HOST } })
    }
    expect(nf.process(packet({ dport: 22 }))).toMatchObject({ verdict: 'dropped', path: PRE })
    expect(nf.process(packet())).toMatchObject({ verdict: 'forwarded', packet: { dst: '10.0.0.7' } })
  })
})

describe('Virtual servers', () => {
  const REALS = ['10.0.0.11', '10.0.0.12', '10.0.0.13']

  it('gives each flow the next real server, by way of INPUT and POSTROUTING', () => {
    const nf = new Netfilter([HOST])
    nf.virtualServer(HOST, 80, REALS)
    const chosen = numbers(6).map((i) => nf.process(packet({ sport: 5000 + i })))
    expect(chosen.map(({ packet }) => packet.dst)).toEqual([...REALS, ...REALS])
    expect(chosen[0]).toEqual({
      verdict: 'forwarded',
      packet: packet({ sport: 5000, dst: '10.0.0.11' }),
      path: [...PRE, ...IN, ...POST],
    })
    expect(nf.process(packet({ dport: 81 })).verdict).toBe('local')
  })

  it('keeps a flow at its server, and translates the replies back', () => {
    const nf = new Netfilter([HOST])
    nf.virtualServer(HOST, 80, REALS)
    const sent = numbers(4).map((i) => nf.process(packet({ sport: 5000 + i })).packet)
    for (const i of random.shuffle(numbers(4))) {
      const later = nf.process(packet({ sport: 5000 + i }))
      expect([later.packet, later.path]).toEqual([sent[i], withoutNat([...PRE, ...IN, ...POST])])
      const back = nf.process(reply(later.packet))
      expect([back.verdict, ends(back.packet)]).toEqual(['forwarded', `${HOST}:80 > ${CLIENT}:${5000 + i}`])
    }
  })

  it('comes after INPUT, and counts no flow that was dropped there', () => {
    const nf = new Netfilter([HOST])
    nf.virtualServer(HOST, 80, REALS)
    nf.append('filter', 'INPUT', { src: '203.0.113.0/24', target: 'DROP' })
    nf.append('nat', 'POSTROUTING', { dst: '10.0.0.0/24', target: { snat: { ip: INSIDE } } })
    expect(nf.process(packet({ src: '203.0.113.5' })).verdict).toBe('dropped')
    const { packet: sent } = nf.process(packet())
    expect(ends(sent)).toBe(`${INSIDE}:4711 > 10.0.0.11:80`)
    expect(ends(nf.process(reply(sent)).packet)).toBe(`${HOST}:80 > ${CLIENT}:4711`)
  })

  it('leaves flows alone that began without it', () => {
    const nf = new Netfilter([HOST])
    nf.process(packet())
    nf.virtualServer(HOST, 80, REALS)
    expect(nf.process(packet()).verdict).toBe('local')
    expect(nf.process(packet({ sport: 5000 })).packet.dst).toBe('10.0.0.11')
  })

  it('refuses a virtual address that is not local, and one without servers', () => {
    const nf = new Netfilter([HOST])
    expect(() => nf.virtualServer('192.0.2.99', 80, REALS)).toThrow(RuleError)
    expect(() => nf.virtualServer(HOST, 80, [])).toThrow(RuleError)
    expect(nf.process(packet()).verdict).toBe('local')
  })
})
