/** Which version of Go grows the slice. */
export type GrowRule = 'pre1.18' | '1.18+'

interface Growth {
  /** Capacities below it double. */
  readonly threshold: number
  /** Added to the capacity before a quarter of it is taken. */
  readonly boost: number
}

/** Growth of each rule; at the threshold of the newer one its step is still a doubling: (256 + 768) / 4 = 256. */
const GROWTH: Record<GrowRule, Growth> = {
  'pre1.18': { threshold: 1024, boost: 0 },
  '1.18+': { threshold: 256, boost: 3 * 256 },
}

/** Capacity that the formula of `rule` gives when `oldCap` is too small for `needed` elements. */
export function nextCap(oldCap: number, needed: number, rule: GrowRule): number {
  if (!Number.isInteger(oldCap) || oldCap < 0) throw new RangeError(`${oldCap} is no capacity`)
  if (!Number.isInteger(needed) || needed <= oldCap) throw new RangeError(`${needed} does not ask for growth`)
  const { threshold, boost } = GROWTH[rule]
  if (needed > 2 * oldCap) return needed
  if (oldCap < threshold) return 2 * oldCap
  let cap = oldCap
  for (let i = 0; cap < needed && i < 100; i++) cap += (cap + boost) >> 2
  return cap
}

/** Capacity after the allocator has rounded the bytes up to a size class or to whole pages. */
export function roundedCap(
  oldCap: number,
  needed: number,
  elemSize: number,
  rule: GrowRule,
  sizeClasses: readonly number[],
  pageSize = 8192,
): number {
  for (const size of [elemSize, pageSize]) {
    if (!Number.isInteger(size) || size < 1) throw new RangeError(`${size} is no size in bytes`)
  }
  const bytes = nextCap(oldCap, needed, rule) * elemSize
  const rounded = sizeClasses.find((size) => size >= bytes) ?? Math.ceil(bytes / pageSize) * pageSize
  return Math.floor(rounded / elemSize)
}
