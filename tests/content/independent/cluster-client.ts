/** A command walks from stop to stop in one loop; the client keeps an insertion-ordered set of nodes and a map of slots. */
export type Reply =
  | { ok: unknown }
  | { moved: { slot: number; node: string } }
  | { ask: { slot: number; node: string } }
  | { err: string }

export class CrossSlotError extends Error {}
export class TooManyRedirectsError extends Error {}

const SLOTS = 16384
const POLYNOMIAL = 0x1021

/** The remainder of each byte that stands above 8 zero bits. */
const REMAINDERS = Uint16Array.from({ length: 256 }, (_, byte) => {
  let rest = byte << 8
  for (let bit = 0; bit < 8; bit++) rest = rest & 0x8000 ? (rest << 1) ^ POLYNOMIAL : rest << 1
  return rest
})

export function crc16(data: Uint8Array): number {
  let crc = 0
  for (const byte of data) crc = ((crc << 8) & 0xffff) ^ (REMAINDERS[(crc >>> 8) ^ byte] ?? 0)
  return crc
}

/** The part of a key that decides about its slot. */
function hashedPart(key: string): string {
  const open = key.indexOf('{')
  const close = open === -1 ? -1 : key.indexOf('}', open)
  return close > open + 1 ? key.slice(open + 1, close) : key
}

const encoder = new TextEncoder()

/** From 0 to 16383. */
export function keySlot(key: string): number {
  return crc16(encoder.encode(hashedPart(key))) % SLOTS
}

function keysOf([name = '', ...args]: readonly string[]): string[] {
  switch (name.toUpperCase()) {
    case 'MGET':
    case 'DEL':
      return args
    case 'MSET':
      return args.filter((_, i) => i % 2 === 0)
    default:
      return args.slice(0, 1)
  }
}

export interface ClientOptions {
  seeds: readonly string[]
  maxRedirects?: number
  call: (node: string, cmd: readonly string[], asking: boolean) => Promise<Reply>
}

interface Stop {
  node: string
  asking: boolean
}

export class ClusterClient {
  readonly #call: ClientOptions['call']
  readonly #maxRedirects: number
  /** Seeds, and then nodes in the order in which redirections named them. */
  readonly #known: Set<string>
  readonly #slots = new Map<number, string>()

  constructor(opts: ClientOptions) {
    if (opts.seeds.length === 0) throw new RangeError('no seeds')
    this.#call = opts.call
    this.#maxRedirects = opts.maxRedirects ?? 5
    this.#known = new Set(opts.seeds)
  }

  async exec(cmd: readonly string[]): Promise<unknown> {
    const slots = new Set(keysOf(cmd).map(keySlot))
    if (slots.size > 1) throw new CrossSlotError('the keys lie in different slots')
    const [slot = 0] = slots

    const failed = new Set<string>()
    let redirects = 0
    let stop = this.#stopAt(this.#slots.get(slot)) ?? this.#stopAt(this.#firstKnownBut(failed))
    let lastFailure: unknown
    while (stop) {
      let reply: Reply
      try {
        reply = await this.#call(stop.node, cmd, stop.asking)
      } catch (reason) {
        lastFailure = reason
        failed.add(stop.node)
        stop = this.#stopAt(this.#firstKnownBut(failed))
        continue
      }
      if ('ok' in reply) return reply.ok
      if ('err' in reply) throw new Error(reply.err)
      stop = this.#redirection(reply)
      if (++redirects > this.#maxRedirects) throw new TooManyRedirectsError(`more than ${this.#maxRedirects} redirections`)
    }
    throw lastFailure
  }

  async mget(keys: readonly string[]): Promise<unknown[]> {
    /** For each slot, where its keys stand in `keys`. */
    const groups = new Map<number, number[]>()
    for (const [i, key] of keys.entries()) {
      const slot = keySlot(key)
      groups.set(slot, groups.get(slot) ?? [])
      groups.get(slot)?.push(i)
    }
    const values = new Array<unknown>(keys.length)
    const fetchGroup = async (positions: readonly number[]) => {
      const answer = await this.exec(['MGET', ...positions.map((i) => keys[i] ?? '')])
      if (!Array.isArray(answer)) throw new Error('MGET was not answered with an array')
      for (const [j, position] of positions.entries()) values[position] = answer[j]
    }
    await Promise.all([...groups.values()].map(fetchGroup))
    return values
  }

  /** The node that is known to serve a slot. */
  cachedNode(slot: number): string | undefined {
    return this.#slots.get(slot)
  }

  #stopAt(node: string | undefined): Stop | undefined {
    return node === undefined ? undefined : { node, asking: false }
  }

  #firstKnownBut(failed: ReadonlySet<string>): string | undefined {
    for (const node of this.#known) if (!failed.has(node)) return node
    return undefined
  }

  /** Learns from a redirection, and gives the node to ask next. */
  #redirection(reply: Exclude<Reply, { ok: unknown } | { err: string }>): Stop {
    const asking = 'ask' in reply
    const { slot, node } = asking ? reply.ask : reply.moved
    this.#known.add(node)
    if (!asking) this.#slots.set(slot, node)
    return { node, asking }
  }
}
