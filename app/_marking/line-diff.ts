import { diffLinesRaw } from '@vitest/utils/diff'

/** One line of a comparison, with its number on the side or sides that have it, from 1. */
export type DiffLine =
  | { kind: 'same'; before: number; after: number }
  | { kind: 'removed'; before: number }
  | { kind: 'added'; after: number }

/** Lines before and after a change that are shown with it. */
const CONTEXT = 3

/**
 * Most pairs of lines that are compared one by one: what takes quadratic time must not keep the server busy. Beyond it
 * everything between the common beginning and the common end is told as removed and added.
 */
const MOST_PAIRS = 2_000_000

/** How one text became another, line by line; the shortest such way (Myers, "An O(ND) Difference Algorithm"). */
export function diffLines(before: readonly string[], after: readonly string[]): DiffLine[] {
  const least = Math.min(before.length, after.length)
  let start = 0
  while (start < least && before[start] === after[start]) start++
  let end = 0
  while (end < least - start && before.at(-1 - end) === after.at(-1 - end)) end++

  const lines: DiffLine[] = []
  let [left, right] = [0, 0]
  const same = (count: number) => {
    for (let each = 0; each < count; each++) lines.push({ kind: 'same', before: ++left, after: ++right })
  }
  same(start)
  for (const operation of operations(before.slice(start, before.length - end), after.slice(start, after.length - end))) {
    if (operation === 0) same(1)
    else if (operation < 0) lines.push({ kind: 'removed', before: ++left })
    else lines.push({ kind: 'added', after: ++right })
  }
  same(end)
  return lines
}

/** -1 for a line that is removed, 1 for one that is added, 0 for one that stays. */
function operations(before: string[], after: string[]): number[] {
  const oneSided = before.length === 0 || after.length === 0
  if (oneSided || before.length * after.length > MOST_PAIRS) return [...before.map(() => -1), ...after.map(() => 1)]
  return diffLinesRaw(before, after)[0].map((each) => each[0])
}

/** Changes with their surroundings; `skipped` is how many equal lines lie before this part. */
export interface DiffPart {
  skipped: number
  lines: DiffLine[]
}

/** Leaves out equal lines that are far from every change. @returns nothing when there is no change */
export function partsOf(lines: readonly DiffLine[]): { parts: DiffPart[]; skippedAfter: number } {
  const near = lines.map(() => false)
  for (const [index, { kind }] of lines.entries()) {
    if (kind !== 'same') near.fill(true, Math.max(0, index - CONTEXT), index + CONTEXT + 1)
  }
  const parts: DiffPart[] = []
  let skipped = 0
  for (const [index, line] of lines.entries()) {
    if (!near[index]) skipped++
    else if (skipped > 0 || index === 0) {
      parts.push({ skipped, lines: [line] })
      skipped = 0
    } else parts.at(-1)?.lines.push(line)
  }
  return { parts, skippedAfter: skipped }
}

/** The lines of a source as the page numbers them: a line break at the very end begins no line. */
export function linesOf(source: string): string[] {
  return source.replace(/\n$/, '').split(/\r?\n/)
}
