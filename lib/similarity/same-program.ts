import { createHash } from 'node:crypto'
import { endsOperand, rolesOf, type Role } from './name-roles'
import { variablesOf, type Variable } from './name-scopes'
import { readTokens, type PlacedToken } from './source-tokens'
import { stripTypes } from './strip-types'

/** What a program is, whatever it looks like. */
export interface ProgramIdentity {
  /** SHA-256, hexadecimal: equal for programs that differ only in what makes no difference. */
  hash: string
  /** Tokens of the program. */
  length: number
}

/**
 * Tells programs apart that do different things, and not those that differ in comments, layout, semicolons, quotes,
 * types, and in the names of variables. Programs that are equal in more than that, such as by `a + b` and `b + a`, are
 * different ones. It is stored: when it changes, what was stored before has to be computed anew.
 */
export function identifyProgram(source: string): ProgramIdentity {
  const tokens = canonicalTokens(source)
  return { hash: createHash('sha256').update(JSON.stringify(tokens)).digest('hex'), length: tokens.length }
}

/** The program as a list of tokens that is the same for all that are the same program. Never fails. */
export function canonicalTokens(source: string): string[] {
  const tokens = stripTypes(readTokens(source))
  const roles = rolesOf(tokens)
  return new Writer(tokens, roles, variablesOf(tokens, roles)).run()
}

/** Words in whose parentheses a condition stands, so that a statement follows and no operator. */
const HEADS = new Set(['if', 'for', 'while', 'with'])
/** A line may end behind these, and with it the statement. */
const RESTRICTED = new Set(['return', 'break', 'continue', 'throw', 'yield'])
/** A semicolon behind these is more than the end of a line. */
const UNFINISHED = new Set([...RESTRICTED, 'else', 'do', 'get', 'set', 'static', 'async', 'accessor', 'of', ':'])

class Writer {
  private readonly written: string[] = []
  private readonly numbers = new Map<Variable, number>()
  /** For each open parenthesis, whether it is the head of a statement; false for other brackets. */
  private readonly open: boolean[] = []
  /** How many brackets are open around each `do` whose `while` is still to come. */
  private readonly loops: number[] = []
  private headPending = false
  private afterHead = false

  constructor(
    private readonly tokens: readonly PlacedToken[],
    private readonly roles: readonly (Role | null)[],
    private readonly variables: readonly (Variable | null)[],
  ) {}

  run(): string[] {
    let last: PlacedToken | undefined
    this.tokens.forEach((token, index) => {
      const next = this.tokens[index + 1]
      if (this.isDropped(index, last)) return
      if (endsByLine(token, last)) this.written.push(';')
      this.written.push(...this.textsOf(token, index, next))
      this.note(token, index)
      last = token
    })
    return this.written
  }

  private isDropped(index: number, last?: PlacedToken): boolean {
    const token = this.tokens[index]
    const next = this.tokens[index + 1]
    if (token?.type === 'IdentifierName') return token.value === 'export' && this.roles[index] === 'word'
    if (token?.value === ',') {
      const isHole = last?.value === ',' || last?.value === '['
      return next?.value === ')' || next?.value === '}' || (next?.value === ']' && !isHole)
    }
    return token?.value === ';' && token.within !== 'paren' && !this.isNeeded(last, next)
  }

  /** Whether a semicolon between two tokens says what the end of a line would not. */
  private isNeeded(last?: PlacedToken, next?: PlacedToken): boolean {
    if (this.afterHead || last?.value === 'else' || last?.value === 'do' || last?.value === ':') return true
    if (!next || next.value === '}') return false
    if (UNFINISHED.has(last?.value ?? '') || (last?.value === ')' && next.value === '{')) return true
    if (next.type === 'Punctuator') return next.value !== '{' && next.value !== ';' && next.value !== '@'
    return ['RegularExpressionLiteral', 'TemplateHead', 'NoSubstitutionTemplate'].includes(next.type)
  }

  /** Keeps count of heads of statements. */
  private note({ value, type }: PlacedToken, index: number): void {
    this.afterHead = false
    if (this.roles[index] === 'word') {
      if (value === 'do') this.loops.push(this.open.length)
      this.headPending = HEADS.has(value) || (this.headPending && value === 'await')
      if (value === 'while' && this.loops.at(-1) === this.open.length) {
        this.loops.pop()
        this.headPending = false
      }
      return
    }
    if (type === 'Punctuator' && ['(', '[', '{'].includes(value)) this.open.push(value === '(' && this.headPending)
    else if (type === 'Punctuator' && [')', ']', '}'].includes(value)) this.afterHead = this.open.pop() ?? false
    this.headPending = false
  }

  private textsOf(token: PlacedToken, index: number, next?: PlacedToken): string[] {
    const { type, value } = token
    switch (type) {
      case 'IdentifierName':
      case 'PrivateIdentifier': {
        const name = this.nameOf(token, index)
        if (this.roles[index] === 'short') return [value, ':', name]
        if (this.roles[index] === 'field') return ['this', '.', value, '=', name]
        // `x => y` and `(x) => y`
        return next?.value === '=>' ? ['(', name, ')'] : [name]
      }
      case 'StringLiteral':
        return [`'${value.slice(1, -1).replace(/\\(['"])|\\[^]/g, (escape, quote?: string) => quote ?? escape)}`]
      case 'NumericLiteral':
        return [value.replaceAll('_', '').toLowerCase()]
      default:
        return [value]
    }
  }

  private nameOf({ type, value }: PlacedToken, index: number): string {
    const variable = this.variables[index]
    if (!variable) return value
    const number = this.numbers.get(variable) ?? this.numbers.size
    this.numbers.set(variable, number)
    return `${type === 'PrivateIdentifier' ? '#' : ''}@${number}`
  }
}

/** Whether the end of a line before the token ends a statement that could have gone on. */
function endsByLine(token: PlacedToken, last?: PlacedToken): boolean {
  if (!last || last.line === token.line || last.type !== 'IdentifierName') {
    return (token.value === '++' || token.value === '--') && endsOperand(last) && last?.line !== token.line
  }
  if (RESTRICTED.has(last.value)) return token.value !== ';' && token.value !== '}'
  return (token.value === '++' || token.value === '--') && endsOperand(last)
}
