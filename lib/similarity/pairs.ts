import type { Program } from './program'
import { COMMON_SHARE, LEAST_FINGERPRINTS, LEAST_FOR_COMMON } from './settings'
import { ShareCounts } from './share-counts'

/** How much two programs have in common, by their indices. */
export interface Pair {
  one: number
  other: number
  /** Fingerprints in both, each counted once. */
  shared: number
  /** Fingerprints of the smaller of the two. */
  of: number
  /** shared / of: 1 when one of them is wholly in the other. */
  share: number
}

export interface Comparison {
  /** The most alike first, `most` of them at most; those that share nothing are not among them. */
  pairs: Pair[]
  /** The shares of all pairs that share anything. */
  shares: ShareCounts
  /** How many pairs were compared. */
  compared: number
  /** Indices of programs with too little of their own to be compared. */
  tooSmall: number[]
  /** Fingerprints that so many programs share that they were left out. */
  common: ReadonlySet<number>
}

export interface ComparisonOptions {
  /** So many programs are compared with each other and with all that follow: those of earlier classes. */
  present?: number
  /** Pairs that are kept. */
  most?: number
  /** Which pairs are told of. */
  counts?: (one: number, other: number) => boolean
  /** Awaited after each program, so that a long comparison can give way to others. */
  pause?: () => Promise<void>
}

/** Compares every program with every other, but for those that are not present with each other. */
export async function comparePrograms(
  programs: readonly Program[],
  { present = programs.length, most = Infinity, counts = () => true, pause = async () => {} }: ComparisonOptions = {},
): Promise<Comparison> {
  const common = findCommon(programs)
  await pause()
  const sizes = programs.map((program) => sizeOf(program, common))
  const isLargeEnough = (index: number): boolean => (sizes[index] ?? 0) >= LEAST_FINGERPRINTS
  const holders = listHolders(programs, common, isLargeEnough)
  const shares = new ShareCounts()
  let pairs: Pair[] = []
  for (let one = 0; one < Math.min(present, programs.length); one++) {
    await pause()
    if (!isLargeEnough(one)) continue
    for (const [other, shared] of countShared(programs[one], one, holders)) {
      if (!counts(one, other)) continue
      const of = Math.min(sizes[one] ?? 0, sizes[other] ?? 0)
      shares.add(shared / of)
      pairs.push({ one, other, shared, of, share: shared / of })
    }
    if (pairs.length > 2 * most) pairs = mostAlike(pairs, most)
  }
  const large = programs.map((_, index) => index).filter(isLargeEnough)
  const here = large.filter((index) => index < present).length
  return {
    pairs: mostAlike(pairs, most),
    shares,
    compared: (here * (here - 1)) / 2 + here * (large.length - here),
    tooSmall: programs.map((_, index) => index).filter((index) => !isLargeEnough(index)),
    common,
  }
}

/**
 * What two programs have in common, as a comparison that left out `common` counts it; null when one of them has too
 * little of its own.
 */
export function comparePair(
  one: Program, other: Program, common: ReadonlySet<number>,
): Pick<Pair, 'shared' | 'of' | 'share'> | null {
  const of = Math.min(sizeOf(one, common), sizeOf(other, common))
  if (of < LEAST_FINGERPRINTS) return null
  const shared = [...one.fingerprints.keys()].filter((hash) => !common.has(hash) && other.fingerprints.has(hash)).length
  return { shared, of, share: shared / of }
}

/** How many fingerprints a program has of its own. */
function sizeOf({ fingerprints }: Program, common: ReadonlySet<number>): number {
  return [...fingerprints.keys()].filter((hash) => !common.has(hash)).length
}

function mostAlike(pairs: Pair[], most: number): Pair[] {
  const sorted = pairs.sort((a, b) => b.share - a.share || b.shared - a.shared || a.one - b.one || a.other - b.other)
  return sorted.slice(0, most)
}

/** Equal programs count once here: a solution that was passed around does not make itself common. */
function findCommon(programs: readonly Program[]): ReadonlySet<number> {
  const different = [...new Map(programs.map((program) => [program.key, program])).values()]
  if (different.length < LEAST_FOR_COMMON) return new Set()
  const counts = new Map<number, number>()
  for (const { fingerprints } of different) {
    for (const hash of fingerprints.keys()) counts.set(hash, (counts.get(hash) ?? 0) + 1)
  }
  return new Set([...counts].filter(([, count]) => count > different.length * COMMON_SHARE).map(([hash]) => hash))
}

/** Which programs have each fingerprint, in rising order; only those that more than one has. */
function listHolders(
  programs: readonly Program[], common: ReadonlySet<number>, isLargeEnough: (index: number) => boolean,
): ReadonlyMap<number, readonly number[]> {
  const holders = new Map<number, number[]>()
  programs.forEach(({ fingerprints }, index) => {
    if (!isLargeEnough(index)) return
    for (const hash of fingerprints.keys()) {
      if (common.has(hash)) continue
      const list = holders.get(hash)
      if (list) list.push(index)
      else holders.set(hash, [index])
    }
  })
  return holders
}

/** How many fingerprints a program shares with each that follows it. */
function countShared(
  program: Program | undefined, index: number, holders: ReadonlyMap<number, readonly number[]>,
): Map<number, number> {
  const shared = new Map<number, number>()
  for (const hash of program?.fingerprints.keys() ?? []) {
    for (const other of holders.get(hash) ?? []) {
      if (other > index) shared.set(other, (shared.get(other) ?? 0) + 1)
    }
  }
  return shared
}
