import type { BracketKind, PlacedToken, SourceToken } from './source-tokens'

/** What stands around a token: brackets that are open, with what a colon means in them. */
interface Bracket {
  kind: BracketKind
  /** `?` of conditional expressions whose colon is still to come. */
  conditions: number
  /** After `case`, until its colon. */
  inCase: boolean
}

const MODIFIERS = new Set(['public', 'private', 'protected', 'readonly', 'override', 'abstract', 'declare'])
const TYPE_PREFIXES = new Set([
  'keyof', 'typeof', 'readonly', 'unique', 'infer', 'asserts', 'new', 'abstract', '|', '&',
])
/** Words and signs before a brace that begins an object, or a pattern that looks like one. */
const BEFORE_OBJECT = new Set([
  '(', ',', '=', '[', '?', '&&', '||', '??', 'return', '...', 'yield', 'await', 'typeof', 'let', 'const', 'var',
  'in', 'of',
  'throw', '??=', '||=', '&&=', '!',
])
/** Words after which an operand comes, not what follows one. */
const NO_OPERANDS = new Set([
  'return', 'await', 'yield', 'async', 'case', 'typeof', 'throw', 'in', 'of', 'new', 'else', 'do', 'let', 'const',
  'var',
])
/** Signs that occur in types; at any other one, `<` was a comparison. */
const TYPE_SIGNS = new Set([...'<>,.[]()|&?:;={}-', '=>', '>>', '>>>', '...'])
/**
 * Most tokens that are looked at to make out what one sign means, and types within types: nobody's page waits for an
 * odd source.
 */
const FARTHEST = 150
const DEEPEST = 40
const CLOSING: Record<string, string> = { '(': ')', '[': ']', '{': '}' }

/**
 * Takes TypeScript's types out of a list of tokens, so that a program with and without them is the same one:
 * annotations, interfaces, type aliases, type parameters and arguments, `as`, `!` and modifiers. Works by the tokens
 * around, not by a grammar: where it is wrong, it is wrong in the same way for every program.
 */
export function stripTypes(tokens: readonly SourceToken[]): PlacedToken[] {
  return new TypeStripper(tokens).run()
}

class TypeStripper {
  private readonly kept: PlacedToken[] = []
  private readonly brackets: Bracket[] = [{ kind: 'block', conditions: 0, inCase: false }]
  private classPending = false
  private fieldPending = false
  private at = 0

  constructor(private readonly tokens: readonly SourceToken[]) {}

  run(): PlacedToken[] {
    while (this.at < this.tokens.length) this.step()
    return this.kept
  }

  private step(): void {
    const end = this.endOfType()
    if (end > this.at) {
      this.fieldPending = this.top().kind === 'paren' && MODIFIERS.has(this.value(this.at))
      this.at = end
      return
    }
    const token = this.tokens[this.at++]
    if (!token) return
    this.note(token)
    this.kept.push({ ...token, within: this.top().kind, isField: this.fieldPending })
    this.fieldPending = false
  }

  /** Where what is only about types ends, if it begins here; else `at`. */
  private endOfType(): number {
    const { at } = this
    const value = this.value(at)
    switch (value) {
      case 'export': {
        const end = this.afterDeclaration(at + 1)
        return end > at + 1 ? end : at
      }
      case 'interface':
      case 'type':
        return this.beginsStatement() ? this.afterDeclaration(at) : at
      case 'implements':
        return this.classPending ? this.find(at, '{') : at
      case 'as':
      case 'satisfies':
        return this.afterOperand() && this.canBeginType(at + 1) ? this.afterType(at + 1) : at
      case '<':
        return this.afterAngles(at)
      case '!':
        return this.afterOperand() && this.tokens[at]?.line === this.tokens[at - 1]?.line ? at + 1 : at
      case '?':
        return this.isOptionalMark() ? at + 1 : at
      case ':':
        return this.isAnnotation() ? this.afterType(at + 1) : at
      default:
        return MODIFIERS.has(value) && this.isModifier() ? at + 1 : at
    }
  }

  /** Keeps count of brackets and conditions. */
  private note({ value, type }: SourceToken): void {
    const top = this.top()
    if ((value === 'class' || value === 'enum') && type === 'IdentifierName') this.classPending = true
    else if (value === 'case') top.inCase = true
    else if (value === '?') top.conditions++
    else if (value === ':') {
      if (top.conditions > 0) top.conditions--
      else top.inCase = false
    } else if (value === '(') this.open('paren')
    else if (value === '[') this.open('square')
    else if (value === '{') this.open(this.braceKind())
    else if ((value === ')' || value === ']' || value === '}') && this.brackets.length > 1) this.brackets.pop()
  }

  private open(kind: Bracket['kind']): void {
    this.brackets.push({ kind, conditions: 0, inCase: false })
  }

  private braceKind(): Bracket['kind'] {
    if (this.classPending) {
      this.classPending = false
      return 'class'
    }
    const before = this.kept.at(-1)?.value ?? ''
    if (before === ':') return this.top().kind === 'block' && !this.wasCondition() ? 'block' : 'object'
    return BEFORE_OBJECT.has(before) ? 'object' : 'block'
  }

  /** Whether the colon just kept belonged to `a ? b : {`, and not to a label or a case. */
  private wasCondition(): boolean {
    const { kept } = this
    for (let back = kept.length - 2, depth = 0; back >= Math.max(0, kept.length - FARTHEST); back--) {
      const value = kept[back]?.value ?? ''
      if (value === ')' || value === ']' || value === '}') depth++
      else if (value === '(' || value === '[' || value === '{') {
        if (depth-- === 0) return false
      } else if (depth === 0 && value === '?') return true
      else if (depth === 0 && (value === 'case' || value === ';' || value === 'default')) return false
    }
    return false
  }

  private isAnnotation(): boolean {
    const { kind, conditions, inCase } = this.top()
    const before = this.kept.at(-1)
    if (conditions > 0 || inCase || !before) return false
    if (before.value === ')') return true
    if (kind === 'paren' || kind === 'class') return true
    if (kind !== 'block' || before.value === 'default') return false
    return !['for', 'while', 'do', 'switch'].includes(this.value(this.at + 1))
  }

  private isOptionalMark(): boolean {
    return [':', ')', ',', '=', ';'].includes(this.value(this.at + 1))
  }

  private isModifier(): boolean {
    const next = this.tokens[this.at + 1]
    const before = this.value(this.at - 1)
    if (before === '.' || before === '?.' || !next) return false
    return next.type === 'IdentifierName' || next.type === 'PrivateIdentifier' || ['[', '{', '*'].includes(next.value)
  }

  private beginsStatement(): boolean {
    const before = this.tokens[this.at - 1]
    if (!before || [';', '{', '}', 'export', 'declare'].includes(before.value)) return true
    return before.line < (this.tokens[this.at]?.line ?? 0) && this.top().kind === 'block'
  }

  /** Whether what stands before ends an expression. */
  private afterOperand(): boolean {
    const before = this.tokens[this.at - 1]
    if (!before) return false
    if (before.type === 'Punctuator') return [')', ']', '}'].includes(before.value)
    return !NO_OPERANDS.has(before.value)
  }

  private afterAngles(at: number): number {
    const end = this.closingAngle(at)
    if (end === null) return at
    const next = this.tokens[end]
    const opensParameters = !this.afterOperand()
    if (opensParameters) return next?.value === '(' ? end : at
    const isEnd = !next || [...'({[)]},;.=:|&>', '?.', 'extends', 'implements', '=>'].includes(next.value)
    return isEnd || next.line > (this.tokens[end - 1]?.line ?? 0) ? end : at
  }

  /** Just behind the `>` that closes the `<` at `at`; null when that was no bracket. */
  private closingAngle(at: number): number | null {
    for (let depth = 0, here = at; here < Math.min(this.tokens.length, at + FARTHEST); here++) {
      const token = this.tokens[here]
      const value = token?.value ?? ''
      if (token?.type === 'Punctuator' && !TYPE_SIGNS.has(value)) return null
      if (value === '<') depth++
      else if (/^>+$/.test(value)) {
        depth -= value.length
        if (depth <= 0) return here + 1
      } else if (Object.hasOwn(CLOSING, value)) here = this.balanced(here, at + FARTHEST) - 1
      else if (value === ')' || value === ']' || value === '}') return null
    }
    return null
  }

  /** Just behind a type that begins at `from`. */
  private afterType(from: number, depth = 0): number {
    let here = from
    if (depth > DEEPEST) return here
    for (;;) {
      while (TYPE_PREFIXES.has(this.value(here))) here++
      here = this.afterPrimary(here, depth)
      const isSameLine = (): boolean => this.tokens[here]?.line === this.tokens[here - 1]?.line
      while (this.value(here) === '[' && isSameLine()) here = this.balanced(here)
      if (this.value(here) === 'is' && isSameLine()) here = this.afterType(here + 1, depth + 1)
      if (this.value(here) === 'extends') here = this.afterConditional(here, depth + 1)
      const next = this.value(here)
      if (next !== '|' && next !== '&') return here
      here++
    }
  }

  private afterConditional(at: number, depth: number): number {
    const then = this.afterType(at + 1, depth)
    if (this.value(then) !== '?') return then
    const otherwise = this.afterType(then + 1, depth)
    return this.value(otherwise) === ':' ? this.afterType(otherwise + 1, depth) : otherwise
  }

  private afterPrimary(at: number, depth: number): number {
    const token = this.tokens[at]
    if (!token) return at
    if (token.value === '<') return depth < DEEPEST ? this.afterPrimary(this.closingAngle(at) ?? at + 1, depth + 1) : at
    if (token.value === '(') {
      const end = this.balanced(at)
      return this.value(end) === '=>' ? this.afterType(end + 1, depth + 1) : end
    }
    if (token.value === '{' || token.value === '[') return this.balanced(at)
    if (token.value === '-') return at + 2
    if (token.type === 'TemplateHead') return this.findType(at, 'TemplateTail') + 1
    if (token.type === 'Punctuator') return at
    let here = at + 1
    while (this.value(here) === '.') here += 2
    return this.value(here) === '<' ? this.closingAngle(here) ?? here : here
  }

  private afterBody(at: number): number {
    return this.balanced(this.find(at, '{'))
  }

  /** Just behind the interface or the alias that begins at `at`; `at` when none does. */
  private afterDeclaration(at: number): number {
    if (!this.isName(at + 1)) return at
    if (this.value(at) === 'interface') return this.afterBody(at + 1)
    const equals = this.value(at + 2) === '<' ? this.closingAngle(at + 2) ?? at + 2 : at + 2
    return this.value(at) === 'type' && this.value(equals) === '=' ? this.afterType(equals + 1) : at
  }

  /** Just behind the bracket that closes the one at `at`, or at `limit`. */
  private balanced(at: number, limit = this.tokens.length): number {
    for (let depth = 0, here = at; here < Math.min(limit, this.tokens.length); here++) {
      const { type, value } = this.tokens[here] ?? { type: '', value: '' }
      if (type !== 'Punctuator') continue
      if (Object.hasOwn(CLOSING, value)) depth++
      else if ((value === ')' || value === ']' || value === '}') && --depth === 0) return here + 1
    }
    return Math.min(limit, this.tokens.length)
  }

  private find(from: number, value: string): number {
    while (from < this.tokens.length && this.tokens[from]?.value !== value) from++
    return from
  }

  private findType(from: number, type: string): number {
    while (from < this.tokens.length && this.tokens[from]?.type !== type) from++
    return from
  }

  private canBeginType(at: number): boolean {
    const token = this.tokens[at]
    return token !== undefined && (token.type !== 'Punctuator' || ['{', '[', '(', '-'].includes(token.value))
  }

  private isName(at: number): boolean {
    return this.tokens[at]?.type === 'IdentifierName'
  }

  private value(at: number): string {
    return this.tokens[at]?.value ?? ''
  }

  private top(): Bracket {
    return this.brackets[this.brackets.length - 1] ?? { kind: 'block', conditions: 0, inCase: false }
  }
}
