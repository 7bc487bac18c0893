// Compares addresses with bit operations, which are signed, and where a shift by 32 does nothing.
export type TableName = 'raw' | 'mangle' | 'nat' | 'filter'

export interface Packet {
  src: string
  sport: number
  dst: string
  dport: number
  proto: 'tcp' | 'udp'
  /** The interface where it came in. */
  iface: string
}

export type Target =
  | 'ACCEPT'
  | 'DROP'
  | 'RETURN'
  | { jump: string }
  | { dnat: { ip: string; port?: number } }
  | { snat: { ip: string } }

/** Matches if every field that is there does. */
export interface Rule {
  /** An address, or a prefix such as 10.0.0.0/8. */
  src?: string
  dst?: string
  dport?: number
  proto?: 'tcp' | 'udp'
  iface?: string
  target: Target
}

/** A rule or chain that makes no sense. */
export class RuleError extends Error {
  override name = 'RuleError'
}

export interface Verdict {
  verdict: 'local' | 'forwarded' | 'dropped'
  /** The packet as it was at the end. */
  packet: Packet
  /** The chains and tables that were consulted, such as PREROUTING/raw. */
  path: string[]
}

/** An IPv4 address as an unsigned number of 32 bits. */
function toNumber(ip: string): number {
  return ip.split('.').reduce((number, part) => number * 256 + Number(part), 0)
}

type Hook = 'PREROUTING' | 'INPUT' | 'FORWARD' | 'POSTROUTING'

const TABLES: Readonly<Record<Hook, readonly TableName[]>> = {
  PREROUTING: ['raw', 'mangle', 'nat'],
  INPUT: ['mangle', 'filter'],
  FORWARD: ['mangle', 'filter'],
  POSTROUTING: ['mangle', 'nat'],
}

interface Endpoint {
  ip: string
  port: number
}

/** What connection tracking knows of a flow. A missing part means: not rewritten. */
interface Flow {
  readonly from: Endpoint
  readonly to: Endpoint
  /** New destination, from PREROUTING. */
  dnat?: Endpoint
  /** New source, from POSTROUTING. */
  snat?: Endpoint
  /** Real server that a virtual server has chosen. */
  real?: string
}

interface VirtualServer {
  readonly reals: readonly string[]
  turn: number
}

/** A packet on its way: belongs to a flow, or is a reply to one; `isNew` flows have yet to be decided. */
interface Transit {
  readonly packet: Packet
  readonly flow: Flow
  readonly isReply: boolean
  readonly isNew: boolean
  readonly path: string[]
}

/** What the kernel does to packets from the network. */
export class Netfilter {
  readonly #localIps: ReadonlySet<string>
  /** The rules of each chain, by table/chain. */
  readonly #chains = new Map<string, Rule[]>()
  readonly #policies = new Map<string, 'ACCEPT' | 'DROP'>()
  readonly #virtualServers = new Map<string, VirtualServer>()
  readonly #flows = new Map<string, Flow>()
  /** Flows by the key that their replies have. */
  readonly #byReply = new Map<string, Flow>()

  constructor(localIps: readonly string[]) {
    this.#localIps = new Set(localIps)
    for (const [hook, tables] of Object.entries(TABLES)) {
      for (const table of tables) this.#chains.set(`${table}/${hook}`, [])
    }
  }

  newChain(table: TableName, chain: string): void {
    const name = `${table}/${chain}`
    if (this.#chains.has(name)) throw new RuleError(`there is a chain ${name}`)
    this.#chains.set(name, [])
  }

  append(table: TableName, chain: string, rule: Rule): void {
    const rules = this.#rulesOf(table, chain)
    const { target } = rule
    if (typeof target === 'object') {
      if ('jump' in target) this.#rulesOf(table, target.jump)
      else if (table !== 'nat') throw new RuleError('addresses are translated in the nat table only')
    }
    rules.push({ ...rule })
    try {
      this.#checkReach(table, chain)
    } catch (error) {
      rules.pop()
      throw error
    }
  }

  policy(chain: string, policy: 'ACCEPT' | 'DROP'): void {
    if (chain !== 'INPUT' && chain !== 'FORWARD') throw new RuleError(`${chain} has no policy`)
    this.#policies.set(`filter/${chain}`, policy)
  }

  virtualServer(vip: string, port: number, reals: readonly string[]): void {
    if (!this.#localIps.has(vip)) throw new RuleError(`${vip} is not an address of this host`)
    if (reals.length === 0) throw new RuleError('a virtual server needs real ones')
    this.#virtualServers.set(`${vip}:${port}`, { reals: [...reals], turn: 0 })
  }

  process(given: Packet): Verdict {
    const packet = { ...given }
    const key = keyOf(packet)
    const known = this.#flows.get(key)
    const replied = known ? undefined : this.#byReply.get(key)
    const flow: Flow = known ?? replied ?? { from: sourceOf(packet), to: destinationOf(packet) }
    const transit: Transit = {
      packet,
      flow,
      isReply: replied !== undefined,
      isNew: known === undefined && replied === undefined,
      path: [],
    }
    const verdict = this.#route(transit)
    if (transit.isNew && verdict !== 'dropped') {
      this.#flows.set(key, flow)
      this.#byReply.set(keyOf(reversed(packet)), flow)
    }
    return { verdict, packet, path: transit.path }
  }

  #route(transit: Transit): Verdict['verdict'] {
    const { packet, flow, isNew } = transit
    if (!this.#pass('PREROUTING', transit)) return 'dropped'
    if (this.#localIps.has(packet.dst)) {
      if (!this.#pass('INPUT', transit)) return 'dropped'
      if (isNew) flow.real = this.#chooseReal(packet)
      if (flow.real === undefined) return 'local'
      packet.dst = flow.real
    } else if (!this.#pass('FORWARD', transit)) {
      return 'dropped'
    }
    return this.#pass('POSTROUTING', transit) ? 'forwarded' : 'dropped'
  }

  /** Takes the packet through all tables of a hook. False if it was dropped. */
  #pass(hook: Hook, transit: Transit): boolean {
    for (const table of TABLES[hook]) {
      if (table === 'nat' && !transit.isNew) {
        repeatTranslation(hook, transit)
        continue
      }
      transit.path.push(`${hook}/${table}`)
      const decision = this.#traverse(table, hook, transit) ?? this.#policies.get(`${table}/${hook}`) ?? 'ACCEPT'
      if (decision === 'DROP') return false
    }
    return true
  }

  /** What a chain decides, or null if it comes to its end or returns. */
  #traverse(table: TableName, chain: string, transit: Transit): 'ACCEPT' | 'DROP' | null {
    const { packet, flow } = transit
    for (const rule of this.#rulesOf(table, chain)) {
      if (!matches(rule, packet)) continue
      const { target } = rule
      if (target === 'RETURN') return null
      if (target === 'ACCEPT' || target === 'DROP') return target
      if ('jump' in target) {
        const decision = this.#traverse(table, target.jump, transit)
        if (decision !== null) return decision
        continue
      }
      if ('dnat' in target) {
        flow.dnat = { ip: target.dnat.ip, port: target.dnat.port ?? packet.dport }
        setDestination(packet, flow.dnat)
      } else {
        flow.snat = { ip: target.snat.ip, port: packet.sport }
        setSource(packet, flow.snat)
      }
      return 'ACCEPT'
    }
    return null
  }

  #chooseReal({ dst, dport }: Packet): string | undefined {
    const server = this.#virtualServers.get(`${dst}:${dport}`)
    return server?.reals[server.turn++ % server.reals.length]
  }

  #rulesOf(table: TableName, chain: string): Rule[] {
    const rules = this.#chains.get(`${table}/${chain}`)
    if (rules === undefined) throw new RuleError(`there is no chain ${table}/${chain}`)
    return rules
  }

  /** Looks for loops from the changed chain, and for translations that can be reached from the wrong hook. */
  #checkReach(table: TableName, changed: string): void {
    this.#walk(table, changed, [], () => {})
    if (table !== 'nat') return
    this.#walk(table, 'PREROUTING', [], (target) => {
      if (typeof target === 'object' && 'snat' in target) throw new RuleError('the source is rewritten in POSTROUTING')
    })
    this.#walk(table, 'POSTROUTING', [], (target) => {
      if (typeof target === 'object' && 'dnat' in target) throw new RuleError('the destination is rewritten earlier')
    })
  }

  #walk(table: TableName, chain: string, callers: readonly string[], visit: (target: Target) => void): void {
    if (callers.includes(chain)) throw new RuleError(`${chain} jumps back to itself`)
    for (const { target } of this.#rulesOf(table, chain)) {
      visit(target)
      if (typeof target === 'object' && 'jump' in target) this.#walk(table, target.jump, [...callers, chain], visit)
    }
  }
}

/** Does to a later packet, or undoes for a reply, what the nat table decided for the first packet. */
function repeatTranslation(hook: Hook, { packet, flow, isReply }: Transit): void {
  if (hook === 'PREROUTING') {
    const to = isReply ? flow.from : flow.dnat
    if (to) setDestination(packet, to)
  } else {
    const from = isReply ? flow.to : flow.snat
    if (from) setSource(packet, from)
  }
}

function matches(rule: Rule, packet: Packet): boolean {
  if (rule.src !== undefined && !contains(rule.src, packet.src)) return false
  if (rule.dst !== undefined && !contains(rule.dst, packet.dst)) return false
  return (['dport', 'proto', 'iface'] as const).every((name) => rule[name] === undefined || rule[name] === packet[name])
}

/** Division instead of shifts: those work on signed numbers, and a shift by 32 is a shift by 0. */
function contains(prefix: string, ip: string): boolean {
  const [network = '', length = '32'] = prefix.split('/')
  const mask = -1 << (32 - Number(length))
  return (toNumber(network) & mask) === (toNumber(ip) & mask)
}

function keyOf({ proto, src, sport, dst, dport }: Packet): string {
  return `${proto} ${src}:${sport} ${dst}:${dport}`
}

function reversed(packet: Packet): Packet {
  return { ...packet, src: packet.dst, sport: packet.dport, dst: packet.src, dport: packet.sport }
}

function sourceOf({ src, sport }: Packet): Endpoint {
  return { ip: src, port: sport }
}

function destinationOf({ dst, dport }: Packet): Endpoint {
  return { ip: dst, port: dport }
}

function setSource(packet: Packet, { ip, port }: Endpoint): void {
  packet.src = ip
  packet.sport = port
}

function setDestination(packet: Packet, { ip, port }: Endpoint): void {
  packet.dst = ip
  packet.dport = port
}
