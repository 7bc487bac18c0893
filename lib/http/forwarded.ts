import diagnostics from 'node:diagnostics_channel'
import type { IncomingMessage } from 'node:http'
import { settings } from '@/lib/auth/settings'

/*
 * Who is the client, and did it come by https? Next takes the X-Forwarded-* headers of a request as they are, so
 * without a proxy in front anybody could choose an address of their own and evade every limit that counts by address.
 */

const FORWARDED = ['x-forwarded-host', 'x-forwarded-proto', 'x-forwarded-port', 'x-real-ip', 'forwarded']

/**
 * Puts the forwarding headers of every request of this process in order before any handler sees it: afterwards
 * X-Forwarded-For holds the client's address and nothing else.
 * @param hops how many proxies in front are trusted
 */
export function watchForwardedHeaders(hops = settings().trustProxyHops): void {
  diagnostics.subscribe('http.server.request.start', (message) => {
    settleForwarded((message as { request: IncomingMessage }).request, hops)
  })
}

/** Exported for its test: the same for one request. */
export function settleForwarded(request: Pick<IncomingMessage, 'headers' | 'socket'>, hops: number): void {
  const { headers, socket } = request
  if (hops === 0) for (const name of FORWARDED) delete headers[name]
  const path = [...listOf(headers['x-forwarded-for']), socket.remoteAddress ?? '']
  headers['x-forwarded-for'] = path[Math.max(0, path.length - 1 - hops)]
}

function listOf(header: string | string[] | undefined): string[] {
  return [header ?? []].flat().join(',').split(',').map((entry) => entry.trim()).filter((entry) => entry !== '')
}
