// Takes nothing between braces for a hash tag.
export type Reply =
  | { ok: unknown }
  | { moved: { slot: number; node: string } }
  | { ask: { slot: number; node: string } }
  | { err: string }

export class CrossSlotError extends Error {}
export class TooManyRedirectsError extends Error {}

const SLOTS = 16_384

export function crc16(data: Uint8Array): number {
  let crc = 0
  for (const byte of data) {
    crc ^= byte << 8
    for (let bit = 0; bit < 8; bit++) crc = (crc & 0x8000 ? (crc << 1) ^ 0x1021 : crc << 1) & 0xffff
  }
  return crc
}

export function keySlot(key: string): number {
  const open = key.indexOf('{')
  const close = open === -1 ? -1 : key.indexOf('}', open)
  const hashed = close > open ? key.slice(open + 1, close) : key
  return crc16(new TextEncoder().encode(hashed)) % SLOTS
}

export interface ClientOptions {
  seeds: readonly string[]
  maxRedirects?: number
  call: (node: string, cmd: readonly string[], asking: boolean) => Promise<Reply>
}

export class ClusterClient {
  readonly #call: ClientOptions['call']
  readonly #maxRedirects: number
  readonly #known: Set<string>
  readonly #nodeOfSlot = new Map<number, string>()

  constructor(opts: ClientOptions) {
    if (opts.seeds.length === 0) throw new RangeError('a client needs at least one seed')
    this.#call = opts.call
    this.#maxRedirects = opts.maxRedirects ?? 5
    this.#known = new Set(opts.seeds)
  }

  async exec(cmd: readonly string[]): Promise<unknown> {
    const keys = keysOf(cmd)
    const slots = new Set(keys.map(keySlot))
    if (slots.size > 1) throw new CrossSlotError(`the keys of ${cmd[0]} lie in ${slots.size} slots`)
    const [slot] = slots
    return this.#send(cmd, slot)
  }

  async mget(keys: readonly string[]): Promise<unknown[]> {
    const places = new Map<number, number[]>()
    keys.forEach((key, place) => {
      const slot = keySlot(key)
      const group = places.get(slot)
      if (group) group.push(place)
      else places.set(slot, [place])
    })
    const values = new Array<unknown>(keys.length)
    await Promise.all(
      [...places.values()].map(async (group) => {
        const found = (await this.exec(['MGET', ...group.map((place) => keys[place] ?? '')])) as unknown[]
        group.forEach((place, i) => (values[place] = found[i]))
      }),
    )
    return values
  }

  cachedNode(slot: number): string | undefined {
    return this.#nodeOfSlot.get(slot)
  }

  async #send(cmd: readonly string[], slot: number | undefined): Promise<unknown> {
    const failed = new Set<string>()
    let node = slot === undefined ? undefined : this.#nodeOfSlot.get(slot)
    let asking = false
    for (let redirects = 0; redirects <= this.#maxRedirects; redirects++) {
      const reply = await this.#callSomeone(node, cmd, asking, failed)
      if ('ok' in reply) return reply.ok
      if ('err' in reply) throw new Error(reply.err)
      const target = 'moved' in reply ? reply.moved : reply.ask
      asking = 'ask' in reply
      node = target.node
      this.#known.add(node)
      if ('moved' in reply) this.#nodeOfSlot.set(target.slot, node)
    }
    throw new TooManyRedirectsError(`more than ${this.#maxRedirects} redirections for ${cmd[0]}`)
  }

  async #callSomeone(
    wanted: string | undefined,
    cmd: readonly string[],
    asking: boolean,
    failed: Set<string>,
  ): Promise<Reply> {
    let node = wanted ?? this.#nextNode(failed)
    let isAsking = asking
    let reason: unknown
    while (node !== undefined) {
      try {
        return await this.#call(node, cmd, isAsking)
      } catch (error) {
        reason = error
        failed.add(node)
        node = this.#nextNode(failed)
        // Only the node that was named in an ASK knows of the slot that is on its way.
        isAsking = false
      }
    }
    throw reason
  }

  #nextNode(failed: ReadonlySet<string>): string | undefined {
    return [...this.#known].find((node) => !failed.has(node))
  }
}

function keysOf(cmd: readonly string[]): readonly string[] {
  const [name = '', ...args] = cmd
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
