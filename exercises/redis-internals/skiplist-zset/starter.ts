export interface Bound {
  score: number
  exclusive?: boolean
}

export class ZSet {
  constructor(opts: { rng?: () => number; maxLevel?: number } = {}) {
    throw new Error('not implemented')
  }

  get size(): number {
    throw new Error('not implemented')
  }

  /** Levels in use, at least 1. */
  get level(): number {
    throw new Error('not implemented')
  }

  add(score: number, member: string): 'added' | 'updated' | 'same' {
    throw new Error('not implemented')
  }

  /** The new score. */
  incrBy(delta: number, member: string): number {
    throw new Error('not implemented')
  }

  /** Whether the member was there. */
  remove(member: string): boolean {
    throw new Error('not implemented')
  }

  score(member: string): number | undefined {
    throw new Error('not implemented')
  }

  /** How many members come before this one, or null if it is not there. */
  rank(member: string, reverse = false): number | null {
    throw new Error('not implemented')
  }

  rangeByRank(start: number, stop: number, reverse = false): Array<[string, number]> {
    throw new Error('not implemented')
  }

  rangeByScore(min: Bound, max: Bound, opts: { offset?: number; count?: number } = {}): Array<[string, number]> {
    throw new Error('not implemented')
  }

  count(min: Bound, max: Bound): number {
    throw new Error('not implemented')
  }
}
