import { tooManyRequests } from '@/lib/contract/problem'
import { countEvent } from '../rate-limit'
import type { Entry } from './enter-class'

/** What costs the server most in a class, and how often one person may have it: reading a whole class, or a file. */
export const USES = {
  gradebook: { limit: 120, windowSeconds: 60 },
  analytics: { limit: 120, windowSeconds: 60 },
  'set-preview': { limit: 120, windowSeconds: 60 },
  /** A class that was not compared before takes the process a while. */
  similarity: { limit: 60, windowSeconds: 60 },
  /** Each may mean thousands of gradings. */
  regrade: { limit: 20, windowSeconds: 3600 },
  export: { limit: 30, windowSeconds: 60 },
  /** Previews included. */
  roster: { limit: 60, windowSeconds: 600 },
  /** Checks included. */
  'exception-import': { limit: 60, windowSeconds: 600 },
} as const satisfies Record<string, { limit: number; windowSeconds: number }>

/**
 * Counts one use by somebody whose right has been checked, over all their classes and over pages and API together. Not
 * to be called in a transaction: what is refused later on has been counted all the same.
 * @throws ProblemError `too-many-requests` with the seconds to wait
 */
export async function countUse({ userId }: Pick<Entry, 'userId'>, use: keyof typeof USES): Promise<void> {
  const { limit, windowSeconds } = USES[use]
  const { retryAfterSeconds } = await countEvent(`class-${use}:user:${userId}`, limit, windowSeconds)
  if (retryAfterSeconds > 0) throw tooManyRequests(retryAfterSeconds)
}
