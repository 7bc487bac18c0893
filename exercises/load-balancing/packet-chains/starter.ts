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

/** What the kernel does to packets from the network. */
export class Netfilter {
  constructor(localIps: readonly string[]) {
    throw new Error('not implemented')
  }

  newChain(table: TableName, chain: string): void {
    throw new Error('not implemented')
  }

  append(table: TableName, chain: string, rule: Rule): void {
    throw new Error('not implemented')
  }

  policy(chain: string, policy: 'ACCEPT' | 'DROP'): void {
    throw new Error('not implemented')
  }

  virtualServer(vip: string, port: number, reals: readonly string[]): void {
    throw new Error('not implemented')
  }

  process(packet: Packet): Verdict {
    throw new Error('not implemented', { cause: toNumber(packet.dst) })
  }
}
