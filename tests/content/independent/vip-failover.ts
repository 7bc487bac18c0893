/** An event loop over the nodes' deadlines: the most urgent node acts, its messages change others at once, and the choice is made anew. */
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
  /** The address as a number. */
  readonly address: number
  readonly priority: number
  readonly preempt: boolean
  /** The sum of what tracking has added. */
  delta: number
  state: 'stopped' | 'backup' | 'master'
  /** When the timer goes off; of no meaning for a stopped node. */
  due: number
}

function numeric(ip: string): number {
  return ip.split('.').reduce((sum, part) => sum * 256 + Number(part), 0)
}

function effective({ priority, delta }: Node): number {
  return Math.min(254, Math.max(1, priority + delta))
}

/** Negative if `a` has the better claim to the address. */
function byClaim(a: Node, b: Node): number {
  return effective(b) - effective(a) || b.address - a.address
}

/** Nodes that share one address by VRRP, on a clock of their own. */
export class VrrpCluster {
  readonly #nodes = new Map<string, Node>()
  readonly #advertMs: number
  /** Undefined when everybody hears everybody. */
  #groups: Array<ReadonlySet<string>> | undefined
  #time = 0

  constructor(nodes: readonly VrrpNodeCfg[], { advertMs }: { advertMs: number }) {
    if (!Number.isInteger(advertMs) || advertMs < 1) throw new RangeError('advertMs must be a positive integer')
    this.#advertMs = advertMs
    for (const { id, ip, priority, preempt = true } of nodes) {
      if (!Number.isInteger(priority) || priority < 1 || priority > 254) {
        throw new RangeError('a priority must be an integer from 1 to 254')
      }
      const node: Node = { id, address: numeric(ip), priority, preempt, delta: 0, state: 'backup', due: 0 }
      this.#listen(node, 0)
      this.#nodes.set(id, node)
    }
  }

  /** Lets time pass; what happened on the way. */
  advance(ms: number): VrrpEvent[] {
    if (!(ms >= 0 && ms < Number.POSITIVE_INFINITY)) throw new RangeError('time passes by a finite number from 0 on')
    const end = this.#time + ms
    const events: VrrpEvent[] = []
    for (let node = this.#next(end); node; node = this.#next(end)) {
      if (node.state === 'backup') {
        node.state = 'master'
        events.push({ at: node.due, node: node.id, type: 'master' }, { at: node.due, node: node.id, type: 'garp' })
      }
      this.#advertise(node, node.due, events)
    }
    this.#time = end
    return events
  }

  /** The node stops without a word. */
  fail(id: string): void {
    this.#node(id).state = 'stopped'
  }

  /** The node stops and, if it is master, says so. */
  shutdown(id: string): void {
    const node = this.#node(id)
    const wasMaster = node.state === 'master'
    node.state = 'stopped'
    if (!wasMaster) return
    for (const other of this.#audience(node)) {
      if (other.state === 'backup') other.due = this.#time + this.#skew(other)
    }
  }

  recover(id: string): void {
    const node = this.#node(id)
    if (node.state === 'stopped') this.#listen(node, this.#time)
  }

  /** Changes the effective priority. */
  track(id: string, delta: number): void {
    this.#node(id).delta += delta
  }

  /** From now on, messages pass only within these groups. */
  partition(groups: ReadonlyArray<readonly string[]>): void {
    for (const id of groups.flat()) this.#node(id)
    this.#groups = groups.map((ids) => new Set(ids))
  }

  heal(): void {
    this.#groups = undefined
  }

  /** The nodes that hold the address. */
  get owners(): string[] {
    return [...this.#nodes.values()].filter(({ state }) => state === 'master').map(({ id }) => id)
  }

  #node(id: string): Node {
    const node = this.#nodes.get(id)
    if (!node) throw new RangeError(`there is no node ${id}`)
    return node
  }

  #skew(node: Node): number {
    return ((256 - effective(node)) * this.#advertMs) / 256
  }

  /** Makes it a backup that waits for a whole down interval. */
  #listen(node: Node, at: number): void {
    node.state = 'backup'
    node.due = at + 3 * this.#advertMs + this.#skew(node)
  }

  /** The node whose timer goes off first, if that is not later than `end`. */
  #next(end: number): Node | undefined {
    let first: Node | undefined
    for (const node of this.#nodes.values()) {
      if (node.state === 'stopped' || node.due > end) continue
      if (!first || (node.due - first.due || byClaim(node, first)) < 0) first = node
    }
    return first
  }

  /** The running nodes that hear it. */
  #audience(sender: Node): Node[] {
    const hears = (id: string) => this.#groups?.some((group) => group.has(sender.id) && group.has(id)) ?? true
    return [...this.#nodes.values()].filter((node) => node !== sender && node.state !== 'stopped' && hears(node.id))
  }

  #advertise(sender: Node, at: number, events: VrrpEvent[]): void {
    sender.due = at + this.#advertMs
    for (const node of this.#audience(sender)) {
      if (node.state === 'backup') {
        if (!node.preempt || effective(sender) >= effective(node)) this.#listen(node, at)
      } else if (byClaim(sender, node) < 0) {
        this.#listen(node, at)
        events.push({ at, node: node.id, type: 'backup' })
      }
    }
  }
}
