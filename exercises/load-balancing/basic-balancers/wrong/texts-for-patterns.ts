// Replaces one variable after the other by its text, in which $& and $$ have a meaning, and expands it again.
export interface Server {
  id: string
}

/** What is known of the request that a server is picked for. */
export interface PickCtx {
  vars?: Readonly<Record<string, string>>
  /** Servers that must not be picked, such as those that have just failed. */
  exclude?: ReadonlySet<string>
}

export interface Balancer {
  /** The id of a server, or null if there is none to pick. */
  pick(ctx?: PickCtx): string | null
  /** Replaces the list of servers. */
  update(servers: readonly Server[]): void
}

export interface ConnectionBalancer extends Balancer {
  /** One request of this server is over. */
  done(id: string): void
  /** Requests of this server that are under way. */
  active(id: string): number
}

/** Every server in turn. */
export function roundRobin(servers: readonly Server[]): Balancer {
  let ids = idsOf(servers)
  /** Where the search for the next server begins; taken modulo the length, so it outlives a shorter list. */
  let next = 0

  return {
    pick(ctx) {
      for (let step = 0; step < ids.length; step++) {
        const at = (next + step) % ids.length
        const id = ids[at]
        if (id === undefined || ctx?.exclude?.has(id)) continue
        next = at + 1
        return id
      }
      return null
    },
    update(newServers) {
      ids = idsOf(newServers)
    },
  }
}

/** Any server, by the numbers in [0, 1) that `rng` gives. */
export function random(servers: readonly Server[], rng: () => number): Balancer {
  let ids = idsOf(servers)
  return {
    pick(ctx) {
      const candidates = available(ids, ctx)
      if (candidates.length === 0) return null
      return candidates[Math.floor(rng() * candidates.length)] ?? null
    },
    update(newServers) {
      ids = idsOf(newServers)
    },
  }
}

/** The server with the fewest requests under way. */
export function leastConnections(servers: readonly Server[]): ConnectionBalancer {
  /** Requests under way, in list order: a Map keeps the order in which keys were added. */
  let counts = new Map(idsOf(servers).map((id) => [id, 0]))

  return {
    pick(ctx) {
      let best: string | null = null
      let fewest = Infinity
      for (const [id, count] of counts) {
        if (count >= fewest || ctx?.exclude?.has(id)) continue
        best = id
        fewest = count
      }
      if (best !== null) counts.set(best, fewest + 1)
      return best
    },
    update(newServers) {
      const known = counts
      counts = new Map(idsOf(newServers).map((id) => [id, known.get(id) ?? 0]))
    },
    done(id) {
      const count = counts.get(id)
      if (count !== undefined && count > 0) counts.set(id, count - 1)
    },
    active(id) {
      return counts.get(id) ?? 0
    },
  }
}

/** The same server for the same value of `template`. */
export function sourceHash(servers: readonly Server[], template: string): Balancer {
  let ids = idsOf(servers)
  return {
    pick(ctx) {
      const value = expand(template, ctx?.vars ?? {})
      // Rendezvous hashing: each server draws a number for this value, the highest wins. The order of the list plays
      // no part, and when a server goes, only the values it had won move.
      let best: string | null = null
      let highest = -1
      for (const id of available(ids, ctx)) {
        const score = hash(`${id}\n${value}`)
        if (score < highest || (score === highest && best !== null && id > best)) continue
        best = id
        highest = score
      }
      return best
    },
    update(newServers) {
      ids = idsOf(newServers)
    },
  }
}

function idsOf(servers: readonly Server[]): string[] {
  return servers.map(({ id }) => id)
}

function available(ids: readonly string[], ctx: PickCtx | undefined): string[] {
  return ids.filter((id) => !ctx?.exclude?.has(id))
}

/** A function as replacement: in a text, `$&` and the like would have a meaning of their own. */
function expand(template: string, vars: Readonly<Record<string, string>>): string {
  let value = template
  for (const [name, text] of Object.entries(vars)) value = value.replace(`$${name}`, text)
  return value
}

/** FNV-1a with the final mixing of MurmurHash3, since FNV alone spreads similar texts badly. Unsigned 32 bits. */
function hash(text: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < text.length; i++) value = Math.imul(value ^ text.charCodeAt(i), 0x01000193)
  value = Math.imul(value ^ (value >>> 16), 0x85ebca6b)
  value = Math.imul(value ^ (value >>> 13), 0xc2b2ae35)
  return (value ^ (value >>> 16)) >>> 0
}
