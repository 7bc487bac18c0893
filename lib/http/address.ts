import { isIPv6 } from 'node:net'

/**
 * The client's network address, as a key to count by. An IPv6 client is its /64: it can take any address in there.
 *
 * X-Forwarded-For is believed here because the server itself has put it in order before (forwarded.ts).
 */
export function clientAddress(headers: Headers): string {
  const address = headers.get('x-forwarded-for')?.split(',')[0]?.trim() ?? ''
  if (address === '') return 'unknown'
  const unmapped = address.replace(/^::ffff:(?=\d+\.\d+\.\d+\.\d+$)/i, '')
  return isIPv6(unmapped) ? `${ipv6Prefix(unmapped)}::/64` : unmapped
}

/** The first four groups of an IPv6 address, written without leading zeros. */
function ipv6Prefix(address: string): string {
  const [head = '', tail] = (address.split('%')[0] ?? '').toLowerCase().split('::')
  const before = head === '' ? [] : head.split(':')
  const after = tail ? tail.split(':') : []
  const zeros = tail === undefined ? 0 : Math.max(0, 8 - before.length - after.length)
  const groups = [...before, ...Array<string>(zeros).fill('0'), ...after]
  return groups.slice(0, 4).map((group) => group.replace(/^0+(?=.)/, '')).join(':')
}
