import type { Program } from './program'
import { GRAM_TOKENS } from './settings'

/** Lines of a source, from 1, both included. */
export interface Lines {
  from: number
  to: number
}

/** A stretch that two programs share. */
export interface Region {
  one: Lines
  other: Lines
  /** Equal tokens in it. */
  tokens: number
}

/** Equal tokens in a row. */
interface Run {
  one: number
  other: number
  length: number
}

/** Places of one fingerprint in one program that are looked at; more of them are a table or a long literal. */
const MOST_PLACES = 8

/** Regions are joined when at most so many lines are between them on both sides. */
const GAP_LINES = 2

/**
 * Where two programs are alike, in the order of the first one: runs of equal tokens around the fingerprints they share,
 * the longest first, each token in one run at most. Moved functions are found where they are.
 * @param common fingerprints that are no sign of anything; see comparePrograms
 */
export function matchedRegions(one: Program, other: Program, common: ReadonlySet<number> = new Set()): Region[] {
  const runs = findRuns(one, other, common).sort((a, b) => b.length - a.length || a.one - b.one)
  const taken = { one: new Uint8Array(one.tokens.length), other: new Uint8Array(other.tokens.length) }
  const regions = runs.flatMap((run) => {
    const free = freePart(run, taken)
    if (!free) return []
    taken.one.fill(1, free.one, free.one + free.length)
    taken.other.fill(1, free.other, free.other + free.length)
    const { length } = free
    return [{ one: linesOf(one, free.one, length), other: linesOf(other, free.other, length), tokens: length }]
  })
  return joinNeighbours(regions.sort((a, b) => a.one.from - b.one.from || a.other.from - b.other.from))
}

function findRuns(one: Program, other: Program, common: ReadonlySet<number>): Run[] {
  const runs: Run[] = []
  /** How far the runs on each diagonal reach. */
  const reached = new Map<number, number>()
  const seeds = [...one.fingerprints].flatMap(([hash, places]) => {
    const others = (common.has(hash) ? [] : other.fingerprints.get(hash) ?? []).slice(0, MOST_PLACES)
    return places.slice(0, MOST_PLACES).flatMap((at) => others.map((there) => ({ one: at, other: there })))
  })
  for (const seed of seeds.sort((a, b) => a.one - b.one || a.other - b.other)) {
    const diagonal = seed.one - seed.other
    if ((reached.get(diagonal) ?? -1) >= seed.one + GRAM_TOKENS) continue
    const run = extend(one, other, seed)
    reached.set(diagonal, run.one + run.length)
    runs.push(run)
  }
  return runs
}

function extend(one: Program, other: Program, seed: { one: number; other: number }): Run {
  const isEqual = (offset: number): boolean => {
    const text = one.tokens[seed.one + offset]?.text
    return text !== undefined && text === other.tokens[seed.other + offset]?.text
  }
  let begin = 0
  let end = GRAM_TOKENS
  while (isEqual(begin - 1)) begin--
  while (isEqual(end)) end++
  return { one: seed.one + begin, other: seed.other + begin, length: end - begin }
}

/** The longest part of a run that no longer run has taken; null when it is shorter than a gram. */
function freePart({ one, other, length }: Run, taken: { one: Uint8Array; other: Uint8Array }): Run | null {
  let best: Run | null = null
  for (let begin = 0, at = 0; at <= length; at++) {
    if (at < length && !taken.one[one + at] && !taken.other[other + at]) continue
    const free = at - begin
    const isLonger = free >= GRAM_TOKENS && free > (best?.length ?? 0)
    if (isLonger) best = { one: one + begin, other: other + begin, length: free }
    begin = at + 1
  }
  return best
}

function linesOf({ tokens }: Program, at: number, length: number): Lines {
  return { from: tokens[at]?.line ?? 1, to: tokens[at + length - 1]?.line ?? 1 }
}

/** Joins regions that follow one another on both sides, so that one changed word does not make two places of one. */
function joinNeighbours(regions: readonly Region[]): Region[] {
  const joined: Region[] = []
  for (const region of regions) {
    const last = joined.at(-1)
    if (last && isNear(last.one, region.one) && isNear(last.other, region.other)) {
      last.one.to = Math.max(last.one.to, region.one.to)
      last.other.to = Math.max(last.other.to, region.other.to)
      last.tokens += region.tokens
    } else joined.push({ one: { ...region.one }, other: { ...region.other }, tokens: region.tokens })
  }
  return joined
}

function isNear(before: Lines, after: Lines): boolean {
  return after.from >= before.from && after.from - before.to <= GAP_LINES + 1
}
