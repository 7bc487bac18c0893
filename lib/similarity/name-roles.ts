import type { BracketKind, PlacedToken } from './source-tokens'
import { KEYWORDS } from './tokens'

/**
 * What a word is where it stands. `word`: of the language, of the host, or part of a name that others see. `member`: it
 * names a part of something. `short`: `{ a }`, a member and the variable of that name. `field`: a parameter that
 * declares a field. `variable`: a name that may be another one as long as it is so everywhere. `unsure`: it cannot be
 * told from the tokens around, so variables of that spelling keep it.
 */
export type Role = 'word' | 'member' | 'short' | 'field' | 'variable' | 'unsure'

/** Words that are more than names in some places, and names that need no declaration in a solution. */
const KNOWN = new Set([
  ...KEYWORDS, 'arguments', 'const', 'debugger', 'enum', 'eval', 'export', 'import', 'let', 'null', 'undefined',
  'var',

  'AggregateError', 'Array', 'ArrayBuffer', 'AsyncDisposableStack', 'Atomics', 'BigInt', 'BigInt64Array',
  'BigUint64Array', 'Boolean', 'DataView', 'Date', 'DisposableStack', 'Error', 'EvalError', 'FinalizationRegistry',
  'Float16Array', 'Float32Array', 'Float64Array', 'Function', 'Infinity', 'Int16Array', 'Int32Array', 'Int8Array',
  'Intl', 'Iterator', 'JSON', 'Map', 'Math', 'NaN', 'Number', 'Object', 'Promise', 'Proxy', 'RangeError',
  'ReferenceError', 'Reflect', 'RegExp', 'Set', 'SharedArrayBuffer', 'String', 'SuppressedError', 'Symbol',
  'SyntaxError', 'Temporal', 'TypeError', 'URIError', 'Uint16Array', 'Uint32Array', 'Uint8Array', 'Uint8ClampedArray',
  'WeakMap', 'WeakRef', 'WeakSet', 'decodeURI', 'decodeURIComponent', 'encodeURI', 'encodeURIComponent', 'escape',
  'globalThis', 'isFinite', 'isNaN', 'parseFloat', 'parseInt', 'unescape',

  'AbortController', 'AbortSignal', 'Blob', 'ByteLengthQueuingStrategy', 'CompressionStream', 'CountQueuingStrategy',
  'Crypto', 'CryptoKey', 'CustomEvent', 'DOMException', 'DecompressionStream', 'ErrorEvent', 'Event', 'EventTarget',
  'File', 'FormData', 'Headers', 'MessageChannel', 'MessageEvent', 'MessagePort', 'Performance', 'ReadableStream',
  'Request', 'Response', 'SubtleCrypto', 'TextDecoder', 'TextDecoderStream', 'TextEncoder', 'TextEncoderStream',
  'TransformStream', 'URL', 'URLSearchParams', 'WebAssembly', 'WritableStream', 'atob', 'btoa', 'clearInterval',
  'clearTimeout', 'console', 'crypto', 'performance', 'queueMicrotask', 'reportError', 'self', 'setInterval',
  'setTimeout', 'structuredClone',
])

/** Words and signs after which a member of a class can begin, besides those that end an operand. */
const BEFORE_MEMBER = new Set(['{', '}', ';', ',', 'static', 'get', 'set', 'async', 'accessor'])
/** The same in an object. */
const BEFORE_KEY = new Set(['{', ',', 'get', 'set', 'async', '*'])

const ACCESSORS = new Set(['get', 'set', 'accessor'])

/** The role of each token; null for those that are no names. */
export function rolesOf(tokens: readonly PlacedToken[]): (Role | null)[] {
  const exported = exportedNames(tokens)
  return tokens.map((token, index) => {
    if (token.type === 'PrivateIdentifier') return 'variable'
    if (token.type !== 'IdentifierName') return null
    const role = roleOf(token, tokens[index - 1], tokens[index + 1])
    return role === 'variable' && exported.has(token.value) ? 'unsure' : role
  })
}

function roleOf(token: PlacedToken, before?: PlacedToken, after?: PlacedToken): Role {
  const { value, within } = token
  const [last, next] = [before?.value ?? '', after?.value ?? '']
  if (last === '.' || last === '?.') return 'member'
  if (within === 'object' && BEFORE_KEY.has(last) && (next === ':' || next === '(')) return 'member'
  if (KNOWN.has(value) || (ACCESSORS.has(value) && beginsAccessor(within, before, after))) return 'word'
  if (token.isField) return 'field'
  switch (within) {
    case 'object':
      return (last === '{' || last === ',') && (next === ',' || next === '}' || next === '=') ? 'short' : 'variable'
    case 'class':
      if (last === '*') return 'unsure'
      return (BEFORE_MEMBER.has(last) || endsOperand(before)) && next !== '=>' ? 'member' : 'variable'
    case 'block': {
      const isKeyOfUnknown = (last === '{' || last === ',') && (next === ',' || next === '}')
      return isKeyOfUnknown || (next === ':' && canBeginLabel(before)) ? 'unsure' : 'variable'
    }
    default:
      return 'variable'
  }
}

function beginsAccessor(within: BracketKind, before?: PlacedToken, after?: PlacedToken): boolean {
  const isMember = within === 'class' ? BEFORE_MEMBER.has(before?.value ?? '') || endsOperand(before)
    : within === 'object' && (before?.value === '{' || before?.value === ',')
  return isMember && (after?.type !== 'Punctuator' || after.value === '[')
}

function canBeginLabel(before?: PlacedToken): boolean {
  return !before || ['{', '}', ';', ')', ':', ',', 'else', 'do'].includes(before.value) || endsOperand(before)
}

/** Whether an operand can end with the token, so that no name continues what it is part of. */
export function endsOperand(token?: PlacedToken): boolean {
  if (!token) return false
  if (token.type === 'Punctuator') return [')', ']', '}'].includes(token.value)
  if (token.type === 'TemplateHead' || token.type === 'TemplateMiddle') return false
  return !KEYWORDS.has(token.value) || ['this', 'super', 'true', 'false'].includes(token.value)
}

/** Names that other modules can see keep their spelling. */
function exportedNames(tokens: readonly PlacedToken[]): ReadonlySet<string> {
  const names = new Set<string>()
  tokens.forEach(({ type, value }, index) => {
    if (type !== 'IdentifierName' || value !== 'export' || tokens[index - 1]?.value === '.') return
    const isPattern = ['{', '['].includes(tokens[index + 2]?.value ?? '')
    const end = tokens[index + 1]?.value === '{' ? '}' : isPattern ? '=' : /^(?:[=({;]|extends|default)$/
    for (let at = index + 1; at < tokens.length; at++) {
      const token = tokens[at]
      const ends = typeof end === 'string' ? token?.value === end : end.test(token?.value ?? '')
      if (!token || ends || token.value === 'export') break
      if (token.type === 'IdentifierName') names.add(token.value)
    }
  })
  return names
}
