import { type Token, tokensOf } from './tokens'

/** Longest snippet, in columns: a Han character is as wide as two letters. */
const COLUMNS = 150
/** How much of it stands before the first word that was found. */
const LEAD_COLUMNS = 40
/** How many places are compared. A word that stands in more of them is explained by any. */
const MOST_PLACES = 24

/**
 * The part of a text that answers most of what was asked, on one line; null when the text answers nothing.
 *
 * @param answers for each stretch of the query, the terms that answer it
 */
export function snippetOf(text: string, answers: readonly (readonly string[])[]): string | null {
  const terms = new Set(answers.flat())
  const lowered = text.toLowerCase()
  // Far cheaper than cutting the whole text into its terms, and mostly enough to say no.
  if (![...terms].some((term) => lowered.includes(term))) return null
  const tokens = firstTokens(text, terms)
  const first = bestStart(tokens, answers, text)
  if (!first) return null
  const from = walk(text, first.start, -1, LEAD_COLUMNS)
  const to = walk(text, from, 1, COLUMNS)
  const start = from === 0 ? 0 : wordStart(text, from, first.start)
  const end = to === text.length ? to : wordEnd(text, to)
  return `${start > 0 ? '…' : ''}${text.slice(start, end).trim().replace(/\s+/g, ' ')}${end < text.length ? '…' : ''}`
}

function firstTokens(text: string, terms: ReadonlySet<string>): Token[] {
  const tokens: Token[] = []
  for (const token of tokensOf(text)) {
    if (terms.has(token.term)) tokens.push(token)
    if (tokens.length === MOST_PLACES) break
  }
  return tokens
}

/** The occurrence after which the most stretches of the query are answered before the snippet ends. */
function bestStart(tokens: readonly Token[], answers: readonly (readonly string[])[], text: string): Token | null {
  let best: Token | null = null
  let most = 0
  for (const [index, token] of tokens.entries()) {
    const limit = walk(text, token.start, 1, COLUMNS - LEAD_COLUMNS)
    const near = new Set<string>()
    for (let next = index; next < tokens.length && tokens[next]!.end <= limit; next++) near.add(tokens[next]!.term)
    const answered = answers.reduce((sum, terms) => sum + terms.filter((term) => near.has(term)).length / terms.length, 0)
    if (answered > most) [best, most] = [token, answered]
  }
  return best
}

/** The place some columns further on or back. */
function walk(text: string, from: number, step: 1 | -1, columns: number): number {
  let at = from
  for (let walked = 0; walked < columns && at + step >= 0 && at + step <= text.length; at += step) {
    walked += text.charCodeAt(step === 1 ? at : at - 1) > 0x2e7f ? 2 : 1
  }
  return at
}

/** The next beginning of a word from `at` on, at the latest at `limit`; Han characters are words of their own. */
function wordStart(text: string, at: number, limit: number): number {
  while (at < limit && /[\p{L}\p{N}]/u.test(text[at - 1] ?? '') && !/\p{Script=Han}/u.test(text[at] ?? '')) at++
  return at
}

function wordEnd(text: string, at: number): number {
  const from = at
  while (at > 0 && /[\p{L}\p{N}]/u.test(text[at] ?? '') && !/\p{Script=Han}/u.test(text[at - 1] ?? '')) at--
  // One word longer than the snippet is cut where the room ends.
  return from - at > COLUMNS / 2 ? from : at
}
