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
  throw new Error('not implemented')
}

/** Any server, by the numbers in [0, 1) that `rng` gives. */
export function random(servers: readonly Server[], rng: () => number): Balancer {
  throw new Error('not implemented')
}

/** The server with the fewest requests under way. */
export function leastConnections(servers: readonly Server[]): ConnectionBalancer {
  throw new Error('not implemented')
}

/** The same server for the same value of `template`. */
export function sourceHash(servers: readonly Server[], template: string): Balancer {
  throw new Error('not implemented')
}
