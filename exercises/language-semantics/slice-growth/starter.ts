/** Which version of Go grows the slice. */
export type GrowRule = 'pre1.18' | '1.18+'

/** Capacity that the formula of `rule` gives when `oldCap` is too small for `needed` elements. */
export function nextCap(oldCap: number, needed: number, rule: GrowRule): number {
  throw new Error('not implemented')
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
  throw new Error('not implemented')
}
