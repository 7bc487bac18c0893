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

interface Node {
  readonly id: string
  readonly address: number
  readonly priority: number
  readonly preempt: boolean
  delta: number
  role: 'master' | 'backup' | 'stopped'
  /** When its timer goes off. */
  due: number
  /** Messages pass between nodes of the same group. */
  group: number
}

/** Nodes that share one address by VRRP, on a clock of their own. */
export class VrrpCluster {
  readonly #nodes: readonly Node[]
  readonly #advertMs: number
  #now = 0
  #events: VrrpEvent[] = []

  constructor(nodes: readonly VrrpNodeCfg[], { advertMs }: { advertMs: number }) {
    if (!Number.isInteger(advertMs) || advertMs < 1) throw new RangeError('advertMs must be a positive integer')
    this.#advertMs = advertMs
    this.#nodes = nodes.map(({ id, ip, priority, preempt = true }) => {
      if (!Number.isInteger(priority) || priority < 1 || priority > 254) {
        throw new RangeError(`the priority of ${id} must be an integer from 1 to 254`)
      }
      return { id, address: toNumber(ip), priority, preempt, delta: 0, role: 'stopped', due: Infinity, group: 0 }
    })
    for (const node of this.#nodes) this.#listen(node)
  }

  /** Lets time pass; what happened on the way. */
  advance(ms: number): VrrpEvent[] {
    if (!(ms >= 0)) throw new RangeError('time does not go back')
    const end = this.#now + ms
    for (let node = this.#next(); node !== undefined && node.due <= end; node = this.#next()) {
      this.#now = node.due
      this.#goOff(node)
    }
    this.#now = end
    const events = this.#events
    this.#events = []
    return events
  }

  /** The node stops without a word. */
  fail(id: string): void {
    const node = this.#get(id)
    node.role = 'stopped'
    node.due = Infinity
  }

  /** The node stops and, if it is master, says so. */
  shutdown(id: string): void {
    const node = this.#get(id)
    const wasMaster = node.role === 'master'
    this.fail(id)
    if (!wasMaster) return
    for (const other of this.#hearing(node)) {
      if (other.role === 'backup') other.due = this.#now + this.#skewOf(other)
    }
  }

  recover(id: string): void {
    const node = this.#get(id)
    if (node.role === 'stopped') this.#listen(node)
  }

  /** Changes the effective priority. */
  track(id: string, delta: number): void {
    this.#get(id).delta += delta
  }

  /** From now on, messages pass only within these groups. */
  partition(groups: ReadonlyArray<readonly string[]>): void {
    const places = groups.map((ids) => ids.map((id) => this.#get(id)))
    // Negative numbers, each used once: nobody else is there.
    this.#nodes.forEach((node, i) => (node.group = -1 - i))
    places.forEach((nodes, i) => nodes.forEach((node) => (node.group = i)))
  }

  heal(): void {
    for (const node of this.#nodes) node.group = 0
  }

  /** The nodes that hold the address. */
  get owners(): string[] {
    return this.#nodes.filter(({ role }) => role === 'master').map(({ id }) => id)
  }

  #get(id: string): Node {
    const node = this.#nodes.find((one) => one.id === id)
    if (node === undefined) throw new RangeError(`there is no node ${id}`)
    return node
  }

  /** The node whose timer goes off first; among several, the one that would win. */
  #next(): Node | undefined {
    return [...this.#nodes].sort((a, b) => a.due - b.due || comparePriority(b, a))[0]
  }

  #goOff(node: Node): void {
    if (node.role === 'backup') {
      node.role = 'master'
      this.#report(node, 'master')
      this.#report(node, 'garp')
    }
    node.due = this.#now + this.#advertMs
    for (const other of this.#hearing(node)) this.#receive(other, node)
  }

  #receive(node: Node, sender: Node): void {
    if (node.role === 'backup') {
      if (!node.preempt || effective(sender) >= effective(node)) this.#listen(node)
    } else if (comparePriority(sender, node) > 0) {
      this.#report(node, 'backup')
      this.#listen(node)
    }
  }

  /** Makes it a backup that waits for the master's next word. */
  #listen(node: Node): void {
    node.role = 'backup'
    node.due = this.#now + 3 * this.#advertMs + this.#skewOf(node)
  }

  /** The better a node, the shorter it waits: so the best one takes over, and the others hear of it in time. */
  #skewOf(node: Node): number {
    return ((256 - effective(node)) * this.#advertMs) / 256
  }

  #hearing(sender: Node): Node[] {
    return this.#nodes.filter((node) => node !== sender && node.role !== 'stopped' && node.group === sender.group)
  }

  #report(node: Node, type: VrrpEvent['type']): void {
    this.#events.push({ at: this.#now, node: node.id, type })
  }
}

function effective({ priority, delta }: Node): number {
  return Math.min(254, Math.max(1, priority + delta))
}

/** Above 0 if `a` is the better node. */
function comparePriority(a: Node, b: Node): number {
  return effective(a) - effective(b) || a.address - b.address
}

/** Multiplication, not shifts: those work on signed numbers. */
function toNumber(ip: string): number {
  return ip.split('.').reduce((number, part) => number * 256 + Number(part), 0)
}
