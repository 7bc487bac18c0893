import type { NextRequest } from 'next/server'
import { sessionTokenOf } from '@/lib/auth/session-cookie'
import { isDatabaseReachable } from '@/lib/learn/reachable'

/** Pages of somebody signed in, who has nothing to see on them without the database. All others do without it. */
const OWN_PAGES = /^\/(?:progress|submissions|settings|admin|classes|join)(?:\/|$)/

/** Pages of which nobody sees anything without it. */
const ALL_OF_IT = /^\/(?:claim$|people\/|leaderboard(?:\/|$))/

/**
 * The status of a page that is otherwise fine: 503 where it can only say that the database is away. A page cannot set
 * that itself, and monitors and caches go by it. Redirects and pages that are not found keep their own.
 */
export async function pageStatus({ nextUrl, cookies, headers }: NextRequest): Promise<200 | 503> {
  const hasSession = sessionTokenOf(cookies, headers) !== undefined
  const isOwn = ALL_OF_IT.test(nextUrl.pathname) || (hasSession && OWN_PAGES.test(nextUrl.pathname))
  // A page that moves on by script fetches parts of the next one, and would leave the body of an error unread.
  const isPart = (headers.get('sec-fetch-dest') ?? 'document') !== 'document'
  return !isOwn || isPart || (await isDatabaseReachable()) ? 200 : 503
}
