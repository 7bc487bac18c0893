import { readTokens, type SourceToken } from './source-tokens'
import { stripTypes } from './strip-types'

/** A token as it is compared: what a disguise changes easily is gone. */
export interface Token {
  text: string
  /** Line on which it begins, from 1. */
  line: number
}

/** Words of the language that are no names. */
export const KEYWORDS = new Set([
  'async', 'await', 'break', 'case', 'catch', 'class', 'continue', 'default', 'delete', 'do', 'else', 'extends',
  'false', 'finally', 'for', 'function', 'if', 'in', 'instanceof', 'new', 'of', 'return', 'static', 'super',
  'switch', 'this', 'throw', 'true', 'try', 'typeof', 'void', 'while', 'with', 'yield',
])

/** Words and signs that say the same. */
const SAME = new Map([
  ['const', 'let'], ['var', 'let'], ['let', 'let'], ['null', 'null'], ['undefined', 'null'],
  ['===', '=='], ['!==', '!='],
])

/** Dropped: whether they are written is a matter of style. */
const STYLE = new Set([';', '{', '}'])

const NAME = 'name'
const TEXT = 'text'
const NUMBER = 'number'

/**
 * The tokens of a program, as they are compared: without comments, white space, types, braces and semicolons, and with
 * every name, text and number replaced by its kind. Never fails; what is no TypeScript gives tokens all the same.
 */
export function normalise(source: string): Token[] {
  return rewrite(stripTypes(readTokens(source)))
}

function rewrite(tokens: readonly SourceToken[]): Token[] {
  const result: Token[] = []
  tokens.forEach((token, index) => {
    for (const text of textsOf(token, tokens[index - 1], tokens[index + 1])) result.push({ text, line: token.line })
  })
  return result
}

function textsOf({ type, value }: SourceToken, before?: SourceToken, after?: SourceToken): string[] {
  switch (type) {
    case 'IdentifierName': {
      if (value === 'export') return []
      const isMember = before?.value === '.' || before?.value === '?.'
      const name = isMember ? NAME : SAME.get(value) ?? (KEYWORDS.has(value) ? value : NAME)
      // `x => y` and `(x) => y`
      return name === NAME && after?.value === '=>' ? ['(', NAME, ')'] : [name]
    }
    case 'PrivateIdentifier':
      return [NAME]
    case 'StringLiteral':
    case 'NoSubstitutionTemplate':
      return [TEXT]
    // A template is the sum of its parts.
    case 'TemplateHead':
      return [TEXT, '+']
    case 'TemplateMiddle':
      return ['+', TEXT, '+']
    case 'TemplateTail':
      return ['+', TEXT]
    case 'NumericLiteral':
      return [NUMBER]
    case 'Punctuator': {
      if (STYLE.has(value)) return []
      if (value === ',' && after && [')', ']', '}'].includes(after.value)) return []
      if (value === '++' || value === '--') return [`${value[0]}=`, NUMBER]
      return [SAME.get(value) ?? value]
    }
    default:
      return [type]
  }
}
