import { publicUrl } from '@/lib/auth/public-url'

/** Folder of the sandboxed frame: the only thing that a page may put into a frame. */
const FRAME_FOLDER = '/generated/runner/'

/** Names, IPv4 addresses and ports as a policy may write them; an IPv6 address has no form there (CSP 3, 2.3.1). */
const HOST_SOURCE = /^[a-z0-9.-]+(:\d+)?$/i

/**
 * The policy of a page. Scripts run only with the page's nonce, or when such a script has loaded them; nothing is
 * evaluated from text, and nothing comes from or goes to another site.
 *
 * @param development React's error overlay needs eval, and the page reloads itself through a web socket
 */
export function pagePolicy(nonce: string, headers: Headers, development: boolean): string {
  return [
    "default-src 'none'",
    `script-src 'nonce-${nonce}' 'strict-dynamic'${development ? " 'unsafe-eval'" : ''}`,
    "worker-src 'self'",
    // The editor injects style elements that carry no nonce.
    "style-src 'self' 'unsafe-inline'",
    "font-src 'self' data:",
    "img-src 'self' data:",
    `connect-src 'self'${development ? ' ws:' : ''}`,
    `frame-src ${frameSources(headers)}`,
    "manifest-src 'self'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "object-src 'none'",
  ].join('; ')
}

/** The frame's folder under each name by which the page may have been opened. */
function frameSources(headers: Headers): string {
  const hosts = [publicUrl()?.host, headers.get('x-forwarded-host'), headers.get('host')]
  const usable = new Set(hosts.filter((host) => host !== undefined && host !== null && HOST_SOURCE.test(host)))
  return usable.size === 0 ? "'self'" : [...usable].map((host) => `${host}${FRAME_FOLDER}`).join(' ')
}
