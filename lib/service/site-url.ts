import type { Settings } from './settings'

/** Where the site is, as a person would type it: the public address if one is set. */
export function siteUrl({ host, port }: Pick<Settings, 'host' | 'port'>): string {
  const given = process.env.NEXTAUTH_URL?.trim().replace(/\/$/, '')
  const here = host === '0.0.0.0' || host === '::' || host === '127.0.0.1' || host === '::1'
  return given || `http://${here ? 'localhost' : bracketed(host)}${port === 80 ? '' : `:${port}`}`
}

/** Where a process on the same machine reaches the site. */
export function localUrl({ host, port }: Pick<Settings, 'host' | 'port'>): string {
  const address = host === '0.0.0.0' ? '127.0.0.1' : host === '::' ? '::1' : host
  return `http://${bracketed(address)}:${port}`
}

function bracketed(host: string): string {
  return host.includes(':') ? `[${host}]` : host
}
