export type Reply =
  | { ok: unknown }
  | { moved: { slot: number; node: string } }
  | { ask: { slot: number; node: string } }
  | { err: string }

export class CrossSlotError extends Error {}
export class TooManyRedirectsError extends Error {}

export function crc16(data: Uint8Array): number {
  throw new Error('not implemented')
}

/** From 0 to 16383. */
export function keySlot(key: string): number {
  throw new Error('not implemented')
}

export interface ClientOptions {
  seeds: readonly string[]
  maxRedirects?: number
  call: (node: string, cmd: readonly string[], asking: boolean) => Promise<Reply>
}

export class ClusterClient {
  constructor(opts: ClientOptions) {
    throw new Error('not implemented')
  }

  async exec(cmd: readonly string[]): Promise<unknown> {
    throw new Error('not implemented')
  }

  async mget(keys: readonly string[]): Promise<unknown[]> {
    throw new Error('not implemented')
  }

  /** The node that is known to serve a slot. */
  cachedNode(slot: number): string | undefined {
    throw new Error('not implemented')
  }
}
