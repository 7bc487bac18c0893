import { tokensOf } from './tokens'

/** A stretch of a text, marked or not. */
export interface Piece {
  text: string
  marked: boolean
}

/** Cuts a text where some terms stand in it. Joined together, the pieces are the text. */
export function markTerms(text: string, terms: ReadonlySet<string>): Piece[] {
  const pieces: Piece[] = []
  let at = 0
  for (const { start, end } of mergeTouching([...tokensOf(text)].filter(({ term }) => terms.has(term)))) {
    if (start > at) pieces.push({ text: text.slice(at, start), marked: false })
    pieces.push({ text: text.slice(start, end), marked: true })
    at = end
  }
  if (at < text.length) pieces.push({ text: text.slice(at), marked: false })
  return pieces
}

/** Pairs of Han characters overlap: what touches becomes one mark. */
function mergeTouching(ranges: readonly { start: number; end: number }[]): { start: number; end: number }[] {
  const merged: { start: number; end: number }[] = []
  for (const { start, end } of [...ranges].sort((a, b) => a.start - b.start)) {
    const last = merged.at(-1)
    if (last && start <= last.end) last.end = Math.max(last.end, end)
    else merged.push({ start, end })
  }
  return merged
}
