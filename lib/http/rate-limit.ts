import type { Viewer } from '@/lib/contract/account'
import { tooManyRequests } from '@/lib/contract/problem'
import { clientAddress } from './address'

/** At most `limit` requests within `windowSeconds`, counted for all web processes together. */
export interface RateLimit {
  /** Routes of one name share their count. */
  name: string
  /** Whom to count: the signed-in person, or the network address. */
  per: 'viewer' | 'address'
  limit: number
  windowSeconds: number
}

/** Counts one event; `retryAfterSeconds` is 0 while the limit is kept. */
export type CountEvent = (key: string, limit: number, windowSeconds: number) => Promise<{ retryAfterSeconds: number }>

/** @throws ProblemError `too-many-requests` with the seconds to wait */
export async function enforceRateLimit(
  count: CountEvent,
  rule: RateLimit,
  request: Request,
  viewer: Viewer | null,
): Promise<void> {
  const who = rule.per === 'viewer' && viewer ? `user:${viewer.id}` : `address:${clientAddress(request.headers)}`
  const { retryAfterSeconds } = await count(`${rule.name}:${who}`, rule.limit, rule.windowSeconds)
  if (retryAfterSeconds > 0) throw tooManyRequests(retryAfterSeconds)
}
