/** Each chain is a list of compiled rules; a flow is remembered under two keys, the packet as it came in and its reply. */
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

type Hook = 'PREROUTING' | 'INPUT' | 'FORWARD' | 'POSTROUTING'
type Policy = 'ACCEPT' | 'DROP'

interface CompiledRule {
  matches: (packet: Packet) => boolean
  target: Target
}

/** What a remembered flow does to its packets, and what undoes it for replies. */
interface Flow {
  pre: { dst: string; dport: number }
  real: string | undefined
  post: { src: string; sport: number }
}

/** What happens to a packet in place of the nat table. */
type Translation = (packet: Packet) => void

interface VirtualServer {
  reals: readonly string[]
  turn: number
}

const HOOKS: Readonly<Record<Hook, readonly TableName[]>> = {
  PREROUTING: ['raw', 'mangle', 'nat'],
  INPUT: ['mangle', 'filter'],
  FORWARD: ['mangle', 'filter'],
  POSTROUTING: ['mangle', 'nat'],
}

/** An IPv4 address as an unsigned number of 32 bits. */
function toNumber(ip: string): number {
  return ip.split('.').reduce((number, part) => number * 256 + Number(part), 0)
}

function prefixTest(prefix: string): (ip: string) => boolean {
  const [address = '', bits = '32'] = prefix.split('/')
  const blockSize = 2 ** (32 - Number(bits))
  const block = Math.floor(toNumber(address) / blockSize)
  return (ip) => Math.floor(toNumber(ip) / blockSize) === block
}

function compile({ src, dst, dport, proto, iface, target }: Rule): CompiledRule {
  const tests: Array<(packet: Packet) => boolean> = []
  if (src !== undefined) {
    const isIn = prefixTest(src)
    tests.push((packet) => isIn(packet.src))
  }
  if (dst !== undefined) {
    const isIn = prefixTest(dst)
    tests.push((packet) => isIn(packet.dst))
  }
  if (dport !== undefined) tests.push((packet) => packet.dport === dport)
  if (proto !== undefined) tests.push((packet) => packet.proto === proto)
  if (iface !== undefined) tests.push((packet) => packet.iface === iface)
  return { matches: (packet) => tests.every((test) => test(packet)), target: structuredClone(target) }
}

/** The chains of one table, built-in ones and others. */
class Table {
  readonly #name: TableName
  readonly #chains = new Map<string, CompiledRule[]>()

  constructor(name: TableName) {
    this.#name = name
    for (const [hook, tables] of Object.entries(HOOKS)) {
      if (tables.includes(name)) this.#chains.set(hook, [])
    }
  }

  newChain(chain: string): void {
    if (this.#chains.has(chain)) throw new RuleError(`${this.#name} has a chain ${chain}`)
    this.#chains.set(chain, [])
  }

  append(chain: string, rule: Rule): void {
    const rules = this.#chain(chain)
    this.#check(chain, rule.target)
    rules.push(compile(rule))
  }

  /** The first decision on the packet, which dnat and snat rewrite; RETURN also stands for the end of the chain. */
  run(chain: string, packet: Packet): 'ACCEPT' | 'DROP' | 'RETURN' {
    for (const { matches, target } of this.#chain(chain)) {
      if (!matches(packet)) continue
      if (typeof target === 'string') return target
      if ('jump' in target) {
        const decision = this.run(target.jump, packet)
        if (decision !== 'RETURN') return decision
        continue
      }
      if ('dnat' in target) {
        packet.dst = target.dnat.ip
        packet.dport = target.dnat.port ?? packet.dport
      } else {
        packet.src = target.snat.ip
      }
      return 'ACCEPT'
    }
    return 'RETURN'
  }

  #chain(name: string): CompiledRule[] {
    const rules = this.#chains.get(name)
    if (!rules) throw new RuleError(`${this.#name} has no chain ${name}`)
    return rules
  }

  #check(chain: string, target: Target): void {
    if (typeof target === 'string') return
    if (!('jump' in target)) {
      this.#checkTranslation(chain, [target])
      return
    }
    this.#chain(target.jump)
    const beyond = this.#reachableFrom(target.jump)
    if (beyond.has(chain)) throw new RuleError(`a jump from ${chain} to ${target.jump} closes a loop`)
    const targets = [...beyond].flatMap((name) => this.#chain(name).map((rule) => rule.target))
    this.#checkTranslation(chain, targets)
  }

  /** Throws if rules with these targets must not stand in, or behind, this chain. */
  #checkTranslation(chain: string, targets: readonly Target[]): void {
    const forbid = (kind: 'dnat' | 'snat', hook: Hook) => {
      if (!targets.some((target) => typeof target === 'object' && kind in target)) return
      if (this.#name !== 'nat') throw new RuleError(`${kind} belongs into the nat table`)
      if (this.#reachableFrom(hook).has(chain)) throw new RuleError(`${kind} cannot be done in ${hook}`)
    }
    forbid('dnat', 'POSTROUTING')
    forbid('snat', 'PREROUTING')
  }

  #reachableFrom(start: string): Set<string> {
    const reached = new Set([start])
    // A Set's iteration goes on over what is added meanwhile.
    for (const chain of reached) {
      for (const { target } of this.#chain(chain)) {
        if (typeof target === 'object' && 'jump' in target) reached.add(target.jump)
      }
    }
    return reached
  }
}

const keyOf = ({ proto, src, sport, dst, dport }: Packet) => `${proto} ${src}:${sport} ${dst}:${dport}`

function reversed(packet: Packet): Packet {
  const { src, sport, dst, dport } = packet
  return { ...packet, src: dst, sport: dport, dst: src, dport: sport }
}

/** What the kernel does to packets from the network. */
export class Netfilter {
  readonly #localIps: ReadonlySet<string>
  readonly #tables: Readonly<Record<TableName, Table>> = {
    raw: new Table('raw'),
    mangle: new Table('mangle'),
    nat: new Table('nat'),
    filter: new Table('filter'),
  }
  readonly #policies = new Map<string, Policy>([
    ['INPUT', 'ACCEPT'],
    ['FORWARD', 'ACCEPT'],
  ])
  readonly #virtualServers = new Map<string, VirtualServer>()
  readonly #flows = new Map<string, Flow>()
  /** Under the key of a reply, the packet that began the flow. */
  readonly #replies = new Map<string, Packet>()

  constructor(localIps: readonly string[]) {
    this.#localIps = new Set(localIps)
  }

  newChain(table: TableName, chain: string): void {
    this.#tables[table].newChain(chain)
  }

  append(table: TableName, chain: string, rule: Rule): void {
    this.#tables[table].append(chain, rule)
  }

  policy(chain: string, policy: Policy): void {
    if (!this.#policies.has(chain)) throw new RuleError(`${chain} has no policy`)
    this.#policies.set(chain, policy)
  }

  virtualServer(vip: string, port: number, reals: readonly string[]): void {
    if (!this.#localIps.has(vip)) throw new RuleError(`${vip} is not an address of this host`)
    if (reals.length === 0) throw new RuleError(`no real servers for ${vip}:${port}`)
    this.#virtualServers.set(`${vip}:${port}`, { reals: [...reals], turn: 0 })
  }

  process(original: Packet): Verdict {
    const packet = { ...original }
    const path: string[] = []
    const flow = this.#flows.get(keyOf(original))
    const begun = flow ? undefined : this.#replies.get(keyOf(original))
    const isFirst = !flow && !begun

    /** Whether the packet survives the tables of a hook. */
    const passes = (hook: Hook, translate?: Translation): boolean => {
      for (const table of HOOKS[hook]) {
        if (table === 'nat' && !isFirst) {
          translate?.(packet)
          continue
        }
        path.push(`${hook}/${table}`)
        const decision = this.#tables[table].run(hook, packet)
        const policy = (table === 'filter' && this.#policies.get(hook)) || 'ACCEPT'
        if ((decision === 'RETURN' ? policy : decision) === 'DROP') return false
      }
      return true
    }
    const result = (verdict: Verdict['verdict']): Verdict => ({ verdict, packet, path })

    const isThrough = passes('PREROUTING', () => {
      if (flow) Object.assign(packet, flow.pre)
      else if (begun) Object.assign(packet, { dst: begun.src, dport: begun.sport })
    })
    if (!isThrough) return result('dropped')
    const pre = { dst: packet.dst, dport: packet.dport }

    let real: string | undefined
    if (this.#localIps.has(packet.dst)) {
      if (!passes('INPUT')) return result('dropped')
      real = isFirst ? this.#nextReal(packet) : flow?.real
      if (real === undefined) {
        if (isFirst) this.#remember(original, packet, { pre, real, post: { src: packet.src, sport: packet.sport } })
        return result('local')
      }
      packet.dst = real
    } else if (!passes('FORWARD')) {
      return result('dropped')
    }

    const isOut = passes('POSTROUTING', () => {
      if (flow) Object.assign(packet, flow.post)
      else if (begun) Object.assign(packet, { src: begun.dst, sport: begun.dport })
    })
    if (!isOut) return result('dropped')
    if (isFirst) this.#remember(original, packet, { pre, real, post: { src: packet.src, sport: packet.sport } })
    return result('forwarded')
  }

  #nextReal({ dst, dport }: Packet): string | undefined {
    const server = this.#virtualServers.get(`${dst}:${dport}`)
    return server?.reals[server.turn++ % server.reals.length]
  }

  #remember(original: Packet, final: Packet, flow: Flow): void {
    this.#flows.set(keyOf(original), flow)
    this.#replies.set(keyOf(reversed(final)), { ...original })
  }
}
