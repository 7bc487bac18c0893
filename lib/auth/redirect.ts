/** No site has this name (RFC 6761); it only lends relative addresses something to stand on. */
const NOWHERE = 'http://site.invalid'

/**
 * Where to go after signing in or out: the path of `target` when it lies on this site, else `fallback`. Whatever leads
 * elsewhere (another origin, `//host`, `/\host`, `javascript:`) or into the API is not followed.
 *
 * @param ownOrigin origin of the site, if an absolute address of it is to be accepted
 * @returns a path with query and fragment, always beginning with a single slash
 */
export function safeRedirectPath(target: string | null | undefined, fallback = '/', ownOrigin = NOWHERE): string {
  if (!target || !URL.canParse(target, ownOrigin)) return fallback
  const url = new URL(target, ownOrigin)
  if (url.origin !== ownOrigin) return fallback
  if (url.pathname.startsWith('//') || /^\/api(\/|$)/i.test(url.pathname)) return fallback
  return url.pathname + url.search + url.hash
}

/** Address of the sign-in page that leads back to `target` afterwards. */
export function signInPath(target: string): string {
  return `/sign-in?${new URLSearchParams({ next: safeRedirectPath(target) })}`
}
