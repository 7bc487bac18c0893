const RUNS = /(?<han>\p{Script=Han}+)|(?:(?!\p{Script=Han})[\p{L}\p{N}])+/gu
/** Where a name written together changes to its next word: `blockingQueue`, `LRUCache`. */
const HUMPS = /(?<=[\p{Ll}\p{N}])(?=\p{Lu})|(?<=\p{Lu})(?=\p{Lu}\p{Ll})/u

/** One piece under which a text is found, and where it stands there. */
export interface Token {
  term: string
  start: number
  end: number
}

/** A stretch of a query: a word of letters and digits in lower case, or unbroken Han characters. */
export interface Run {
  text: string
  han: boolean
}

/** The stretches of a query, in its order. */
export function runsOf(query: string): Run[] {
  return [...query.matchAll(RUNS)].map((run) => ({ text: fold(run[0]), han: run.groups?.han !== undefined }))
}

/**
 * Every piece of a text with its place. A word is found as itself, and one in camel case as each of its words too.
 * Chinese is written without spaces: a stretch of it is found by each character and each pair of neighbours. Made
 * while they are taken, so that whoever needs only the first ones does not wait for the rest.
 */
export function* tokensOf(text: string): Generator<Token> {
  for (const run of text.matchAll(RUNS)) yield* run.groups?.han ? hanTokens(run) : wordTokens(run)
}

/** Whether one of these terms stands in a text. */
export function holdsAny(text: string, terms: ReadonlySet<string>): boolean {
  for (const { term } of tokensOf(text)) if (terms.has(term)) return true
  return false
}

/** The pairs of neighbours of a Han stretch; of a single character, that character. */
export function hanPairs(run: string): string[] {
  const characters = [...run]
  if (characters.length < 2) return characters
  return characters.slice(1).map((character, index) => `${characters[index]}${character}`)
}

function hanTokens({ 0: run, index: start }: RegExpExecArray): Token[] {
  const tokens: Token[] = []
  let before: Token | undefined
  let at = start
  for (const character of run) {
    const own: Token = { term: character, start: at, end: at + character.length }
    tokens.push(own)
    if (before) tokens.push({ term: before.term + character, start: before.start, end: own.end })
    before = own
    at = own.end
  }
  return tokens
}

function wordTokens({ 0: run, index: start }: RegExpExecArray): Token[] {
  const whole: Token = { term: fold(run), start, end: start + run.length }
  const parts = run.split(HUMPS)
  if (parts.length === 1) return [whole]
  let at = start
  const tokens = parts.map((part) => {
    const token: Token = { term: fold(part), start: at, end: at + part.length }
    at = token.end
    return token
  })
  return [whole, ...tokens.filter(({ term }) => term.length > 1)]
}

/** Full-width letters are the same letters, and so are capitals. */
function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase()
}
