import { settings } from './settings'

/** The site's configured public address, or null: then every Host header is answered as it comes. */
export function publicUrl(): URL | null {
  return settings().publicUrl
}

/** Whether the visitor's own connection is encrypted, as far as the configuration or the proxy in front tells. */
export function isHttps(headers: Headers): boolean {
  const configured = publicUrl()
  if (configured) return configured.protocol === 'https:'
  return headers.get('x-forwarded-proto')?.split(',')[0]?.trim() === 'https'
}

/** The origin that the visitor sees in the address bar; null when the request names no host. */
export function visibleOrigin(headers: Headers): string | null {
  const configured = publicUrl()
  if (configured) return configured.origin
  const host = headers.get('x-forwarded-host') ?? headers.get('host')
  return host ? `${isHttps(headers) ? 'https' : 'http'}://${host}` : null
}
