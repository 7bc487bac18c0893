import { cookies, headers } from 'next/headers'
import { notFound, redirect } from 'next/navigation'
import { cache } from 'react'
import { ROLES, type Role, type Viewer } from '@/lib/contract/account'
import { findViewer } from './find-viewer'
import { signInPath } from './redirect'

/**
 * The person who is looking at a page, or null. Asked once for each request.
 * @throws ProblemError `service-unavailable` when there is a session but the database does not answer
 */
export const getViewer = cache(async (): Promise<Viewer | null> => findViewer(await cookies(), await headers()))

/**
 * Like getViewer, for a page that needs somebody: others go to the sign-in page and come back.
 * @param path of the page itself, with its query
 */
export async function requireViewer(path: string): Promise<Viewer> {
  return (await getViewer()) ?? redirect(signInPath(path))
}

/** Like requireViewer, for a page that needs a role or one above it. To all others the page does not exist. */
export async function requireRole(role: Role, path: string): Promise<Viewer> {
  const viewer = await requireViewer(path)
  return isAtLeast(viewer.role, role) ? viewer : notFound()
}

function isAtLeast(role: Role, needed: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(needed)
}
