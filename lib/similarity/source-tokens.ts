import jsTokens, { type Token as RawToken } from 'js-tokens'

/** A token with the line on which it begins, from 1. Comments and white space are gone. */
export interface SourceToken {
  type: string
  value: string
  line: number
}

/** A token with what stripTypes has found around it. */
export interface PlacedToken extends SourceToken {
  /** The innermost bracket that it stands in; for a bracket, the one that it opens or that remains when it closes. */
  within: BracketKind
  /** A parameter of a constructor with a modifier: it declares a field, too. */
  isField: boolean
}

/** `block` is also the program itself; bodies of enums are those of a `class`, as they hold members. */
export type BracketKind = 'paren' | 'square' | 'object' | 'class' | 'block'

const IGNORED = new Set<RawToken['type']>([
  'WhiteSpace', 'LineTerminatorSequence', 'MultiLineComment', 'SingleLineComment', 'HashbangComment',
])

/** The tokens of a text. Never fails; what is no TypeScript gives tokens all the same. */
export function readTokens(source: string): SourceToken[] {
  const tokens: SourceToken[] = []
  let line = 1
  for (const { type, value } of jsTokens(source)) {
    if (!IGNORED.has(type)) tokens.push({ type, value, line })
    line += countLineEnds(value)
  }
  return tokens
}

function countLineEnds(text: string): number {
  return text.match(/\r\n|[\n\r\u2028\u2029]/g)?.length ?? 0
}
