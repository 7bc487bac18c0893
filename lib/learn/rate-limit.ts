import { countEvent as count, type WindowUse } from '@/lib/db/rate-limits'
import { withDatabase } from './database'

/**
 * Counts one event under `key`, for all web processes together. At most `limit` fit into any `windowSeconds`.
 * @returns how long to wait before the next one is admitted, whole seconds; 0 when this one was
 */
export async function countEvent(
  key: string,
  limit: number,
  windowSeconds: number,
): Promise<{ retryAfterSeconds: number }> {
  const use = await withDatabase((db) => count(db, key, limit, windowSeconds))
  return { retryAfterSeconds: use.admitted ? 0 : secondsUntilRoom(use, limit, windowSeconds) }
}

/**
 * When the sliding window will have room again. The events of the window before fade linearly while the current one
 * runs; those of the current window fade while the next one runs.
 */
export function secondsUntilRoom(use: WindowUse, limit: number, windowSeconds: number): number {
  const { current, previous, elapsedSeconds } = use
  const fades = current < limit ? previous : current
  const stays = current < limit ? current : 0
  const wait = windowSeconds * (1 - (limit - stays) / fades) - elapsedSeconds + (current < limit ? 0 : windowSeconds)
  return Math.max(1, Math.ceil(wait))
}
