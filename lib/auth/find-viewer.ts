import type { Viewer } from '@/lib/contract/account'
import { findAccount, type AccountView } from '@/lib/learn/accounts'
import { AccountCache } from './account-cache'
import { sessionTokenOf, type CookieReader } from './session-cookie'
import { decodeSession, type SessionClaims } from './session-token'

/** Bundlers may load this module more than once in a process; pages and routes must share what they remember. */
const KEY = Symbol.for('handroll.accounts')
const shared = globalThis as { [KEY]?: AccountCache<AccountView | null> }

function accounts(): AccountCache<AccountView | null> {
  return (shared[KEY] ??= new AccountCache(findAccount))
}

/**
 * The person behind the session cookie of a request, or null.
 * @throws ProblemError `service-unavailable` when there is a session but the database does not answer
 */
export async function findViewer(cookies: CookieReader, headers: Headers): Promise<Viewer | null> {
  const session = await decodeSession(sessionTokenOf(cookies, headers))
  return session && (await findViewerOf(session))
}

/** The person a session stands for; null when the account is gone or suspended, or has ended its sessions. */
export async function findViewerOf({ sub, epoch }: SessionClaims): Promise<Viewer | null> {
  const account = await accounts().get(sub)
  return account && account.suspendedAt === null && account.sessionEpoch === epoch ? toViewer(account) : null
}

/** Shows a change of an account in this process at once; other processes see it within seconds. */
export function forgetViewer(id: string): void {
  accounts().forget(id)
}

/** What pages and routes may know of an account. */
export function toViewer({ id, name, email, role, locale }: AccountView): Viewer {
  return { id, name, email, role, locale }
}
