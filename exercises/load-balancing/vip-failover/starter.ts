export interface VrrpNodeCfg {
  id: string
  ip: string
  /** From 1 to 254; the highest becomes master. */
  priority: number
  /** Whether it takes the address from a master of lower priority; default: true. */
  preempt?: boolean
}

export interface VrrpEvent {
  /** Milliseconds since the start. */
  at: number
  node: string
  type: 'master' | 'backup' | 'garp'
}

/** Nodes that share one address by VRRP, on a clock of their own. */
export class VrrpCluster {
  constructor(nodes: readonly VrrpNodeCfg[], opts: { advertMs: number }) {
    throw new Error('not implemented')
  }

  /** Lets time pass; what happened on the way. */
  advance(ms: number): VrrpEvent[] {
    throw new Error('not implemented')
  }

  /** The node stops without a word. */
  fail(id: string): void {
    throw new Error('not implemented')
  }

  /** The node stops and, if it is master, says so. */
  shutdown(id: string): void {
    throw new Error('not implemented')
  }

  recover(id: string): void {
    throw new Error('not implemented')
  }

  /** Changes the effective priority. */
  track(id: string, delta: number): void {
    throw new Error('not implemented')
  }

  /** From now on, messages pass only within these groups. */
  partition(groups: ReadonlyArray<readonly string[]>): void {
    throw new Error('not implemented')
  }

  heal(): void {
    throw new Error('not implemented')
  }

  /** The nodes that hold the address. */
  get owners(): string[] {
    throw new Error('not implemented')
  }
}
