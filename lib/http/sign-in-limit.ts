import { createHash } from 'node:crypto'
import { tooManyRequests } from '@/lib/contract/problem'
import { countEvent } from '@/lib/learn/rate-limit'
import { clientAddress } from './address'

const QUARTER = 15 * 60
const HOUR = 3600

/**
 * Counts one attempt to sign in, in three ways: somebody who tries many passwords of one account, somebody who tries
 * many accounts (a whole school may share one address, so there is room), and a crowd that shares one account out.
 * Accounts that do not exist count like others, so a limit does not tell which do.
 *
 * @param email as typed; only its hash is stored
 * @throws ProblemError `too-many-requests`
 */
export async function countSignIn(headers: Headers, email: string): Promise<void> {
  const address = clientAddress(headers)
  const account = createHash('sha256').update(email.trim().toLowerCase()).digest('base64url')
  await count(`sign-in:${account}:${address}`, 20, QUARTER)
  await count(`sign-in:${address}`, 400, QUARTER)
  await count(`sign-in:${account}`, 500, HOUR)
}

async function count(key: string, limit: number, windowSeconds: number): Promise<void> {
  const { retryAfterSeconds } = await countEvent(key, limit, windowSeconds)
  if (retryAfterSeconds > 0) throw tooManyRequests(retryAfterSeconds)
}
