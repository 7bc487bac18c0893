import { endsOperand } from './name-roles'
import type { PlacedToken } from './source-tokens'

/** Most tokens at which the end of an expression is looked for; brackets count as one. */
const FARTHEST = 300

/** Signs that cannot go on with an expression on the next line. */
const BEGINNINGS = new Set(['{', '++', '--', '@', '!', '~', '...'])

/**
 * Where each stretch of a program ends outside of which nothing sees what is declared in it, by where it begins: blocks
 * and bodies of classes, functions with their parameters, loops with their heads. One that ends here too early is no
 * harm: names that stand behind its end are then taken for those within.
 */
export function endsOfRegions(tokens: readonly PlacedToken[]): ReadonlyMap<number, number> {
  const { closing, opening } = bracketPairs(tokens)
  const ends = new Map<number, number>()
  const bodies = new Set<number>()
  const isBlock = (at: number): boolean => tokens[at]?.value === '{' && tokens[at]?.within === 'block'
  const isLoop = (at: number): boolean => {
    return tokens[at]?.value === 'for' || (tokens[at]?.value === 'await' && tokens[at - 1]?.value === 'for')
  }
  const add = (from: number, body: number): void => {
    if (isBlock(body)) bodies.add(body)
    ends.set(from, isBlock(body) ? closing.get(body) ?? tokens.length : endOfExpression(tokens, body, closing))
  }
  tokens.forEach(({ type, value }, index) => {
    if (type !== 'Punctuator') return
    const close = closing.get(index)
    if (value === '=>') add(opening.get(index - 1) ?? index - 1, index + 1)
    else if (value === '(' && close !== undefined && (isBlock(close + 1) || isLoop(index - 1))) add(index, close + 1)
  })
  for (const [from, to] of closing) {
    const isBody = isBlock(from) || (tokens[from]?.value === '{' && tokens[from]?.within === 'class')
    if (isBody && !bodies.has(from)) ends.set(from, to)
  }
  return ends
}

/** The last token of the expression that begins at `from`. */
function endOfExpression(tokens: readonly PlacedToken[], from: number, closing: ReadonlyMap<number, number>): number {
  let conditions = 0
  let at = from
  for (let seen = 0; at < tokens.length && seen < FARTHEST; seen++) {
    const token = tokens[at]
    if (!token || (at > from && beginsAnew(token, tokens[at - 1]))) break
    const { type, value } = token
    if (type === 'Punctuator') {
      if (value === '?') conditions++
      if (value === ':' && conditions-- === 0) break
      if ([',', ';', ')', ']', '}'].includes(value)) break
    }
    at = (closing.get(at) ?? at) + 1
  }
  return at - 1
}

/** Whether a token begins another statement because the line before it has ended. */
function beginsAnew(token: PlacedToken, before?: PlacedToken): boolean {
  if (!before || before.line === token.line || !endsOperand(before)) return false
  if (token.type === 'Punctuator') return BEGINNINGS.has(token.value)
  return token.value !== 'in' && token.value !== 'instanceof' && !token.type.startsWith('Template')
}

/** The index of the bracket that closes each one that opens, and the other way round. */
function bracketPairs(tokens: readonly PlacedToken[]) {
  const closing = new Map<number, number>()
  const opening = new Map<number, number>()
  const open: number[] = []
  tokens.forEach(({ type, value }, index) => {
    if (type !== 'Punctuator') return
    if (value === '(' || value === '[' || value === '{') open.push(index)
    else if (value === ')' || value === ']' || value === '}') {
      const from = open.pop()
      if (from === undefined) return
      closing.set(from, index)
      opening.set(index, from)
    }
  })
  return { closing, opening }
}
