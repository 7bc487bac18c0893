/** Steps of a share that are told apart: tenths of a percent. */
const STEPS = 1000

/**
 * How many pairs have which share, rounded down to a tenth of a percent: nothing reaches a mark by rounding. It takes
 * the same memory for ten pairs and for ten million.
 */
export class ShareCounts {
  readonly #counts = new Uint32Array(STEPS + 1)

  add(share: number): void {
    this.#counts[stepOf(share)]!++
  }

  /** How many have this share or more. */
  atLeast(share: number): number {
    return this.#counts.subarray(stepOf(share)).reduce((sum, count) => sum + count, 0)
  }

  /** What `part` of so many pairs do not exceed; those that were never added share nothing. */
  notExceededBy(part: number, pairs: number): number {
    let above = Math.floor(pairs * (1 - part))
    for (let step = STEPS; step > 0; step--) {
      above -= this.#counts[step] ?? 0
      if (above < 0) return step / STEPS
    }
    return 0
  }
}

function stepOf(share: number): number {
  return Math.floor(share * STEPS + 1e-9)
}
