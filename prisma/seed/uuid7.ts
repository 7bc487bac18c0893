import type { Random } from '@/lib/runtime/test-api/random'

/** A UUID of version 7 for an instant, as the database's own ids: they grow with time (RFC 9562, 5.7). */
export function uuid7(at: number, random: Random): string {
  const hex = (length: number) => Array.from({ length }, () => random.int(0, 15).toString(16)).join('')
  const time = at.toString(16).padStart(12, '0')
  return `${time.slice(0, 8)}-${time.slice(8)}-7${hex(3)}-${'89ab'[random.int(0, 3)]}${hex(3)}-${hex(12)}`
}
