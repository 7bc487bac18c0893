type Code = 'unknown' | 'missing-value' | 'bad-value' | 'redefined'

/** A flag that cannot be defined, or arguments that cannot be read. */
export class FlagError extends Error {
  readonly code: Code

  constructor(code: Code, message: string) {
    super(message)
    this.code = code
  }
}

/** Where the value of a flag is found after parsing. */
export interface Ref<T> {
  readonly value: T
}

/** How values of a type are read and shown. */
interface Kind<T> {
  /** As it stands in the usage text. */
  readonly name: string
  /** `undefined` if the text is no such value. */
  readonly parse: (text: string) => T | undefined
  readonly show: (value: T) => string
}

const STRING: Kind<string> = { name: 'string', parse: (text) => text, show: (value) => JSON.stringify(value) }
const INT: Kind<number> = { name: 'int', parse: parseInteger, show: String }
const BOOL: Kind<boolean> = { name: 'bool', parse: parseBool, show: String }
const DURATION: Kind<number> = { name: 'duration', parse: parseDuration, show: (ms) => `${ms}ms` }

const TRUE = ['1', 't', 'T', 'true', 'TRUE', 'True']
const FALSE = ['0', 'f', 'F', 'false', 'FALSE', 'False']

const UNIT_MS: Readonly<Record<string, number>> = { h: 3_600_000, m: 60_000, s: 1000, ms: 1 }

class Flag<T> implements Ref<T> {
  readonly #kind: Kind<T>
  readonly #def: T
  readonly #usage: string
  value: T
  isSet = false

  constructor(kind: Kind<T>, def: T, usage: string) {
    this.#kind = kind
    this.#def = def
    this.#usage = usage
    this.value = def
  }

  get isBool(): boolean {
    return this.#kind.name === 'bool'
  }

  /** Whether the text was a value; if not, nothing changes. */
  set(text: string): boolean {
    const value = this.#kind.parse(text)
    if (value === undefined) return false
    this.value = value
    this.isSet = true
    return true
  }

  help(name: string): string[] {
    const type = this.isBool ? '' : ` ${this.#kind.name}`
    return [`  -${name}${type}`, `    ${this.#usage} (default ${this.#kind.show(this.#def)})`]
  }
}

export class FlagSet {
  readonly #name: string
  readonly #flags = new Map<string, Flag<string> | Flag<number> | Flag<boolean>>()
  #args: string[] = []

  constructor(name: string) {
    this.#name = name
  }

  string(name: string, def: string, usage: string): Ref<string> {
    this.#mustBeNew(name)
    const flag = new Flag(STRING, def, usage)
    this.#flags.set(name, flag)
    return flag
  }

  int(name: string, def: number, usage: string): Ref<number> {
    this.#mustBeNew(name)
    const flag = new Flag(INT, def, usage)
    this.#flags.set(name, flag)
    return flag
  }

  bool(name: string, def: boolean, usage: string): Ref<boolean> {
    this.#mustBeNew(name)
    const flag = new Flag(BOOL, def, usage)
    this.#flags.set(name, flag)
    return flag
  }

  duration(name: string, defMs: number, usage: string): Ref<number> {
    this.#mustBeNew(name)
    const flag = new Flag(DURATION, defMs, usage)
    this.#flags.set(name, flag)
    return flag
  }

  parse(args: readonly string[]): void {
    let next = 0
    for (let arg = args[next]; arg?.startsWith('-') && arg !== '-'; arg = args[next]) {
      next++
      if (arg === '--') break
      const { name, value } = split(arg)
      const flag = this.#flags.get(name)
      if (flag === undefined) throw new FlagError('unknown', `no flag ${arg}`)
      // Only other flags than bool may look at the next argument, and they take whatever it is.
      const text = value ?? (flag.isBool ? 'true' : args[next++])
      if (text === undefined) throw new FlagError('missing-value', `flag ${arg} needs a value`)
      if (!flag.set(text)) throw new FlagError('bad-value', `${text} is no value for -${name}`)
    }
    this.#args = args.slice(next)
  }

  /** What was left after the flags. */
  get args(): string[] {
    return [...this.#args]
  }

  isSet(name: string): boolean {
    return this.#flags.get(name)?.isSet ?? false
  }

  usage(): string {
    const names = [...this.#flags.keys()].sort()
    const lines = names.flatMap((name) => this.#flags.get(name)?.help(name) ?? [])
    return [`Usage of ${this.#name}:`, ...lines].join('\n')
  }

  #mustBeNew(name: string): void {
    if (this.#flags.has(name)) throw new FlagError('redefined', `flag -${name} is defined already`)
  }
}

/** One or two dashes, the name, and perhaps a value, which may contain further equals signs. */
function split(arg: string): { name: string; value: string | undefined } {
  const rest = arg.slice(arg.startsWith('--') ? 2 : 1)
  const equals = rest.indexOf('=')
  if (equals < 0) return { name: rest, value: undefined }
  return { name: rest.slice(0, equals), value: rest.slice(equals + 1) }
}

function parseInteger(text: string): number | undefined {
  const value = Number.parseInt(text, 10)
  return Number.isSafeInteger(value) ? value : undefined
}

function parseBool(text: string): boolean | undefined {
  if (TRUE.includes(text)) return true
  return FALSE.includes(text) ? false : undefined
}

function parseDuration(text: string): number | undefined {
  const [, sign, parts = ''] = /^([+-]?)(.*)$/s.exec(text) ?? []
  if (parts === '0') return 0
  if (!/^(?:\d+(?:\.\d+)?(?:h|ms|m|s))+$/.test(parts)) return undefined
  const pieces = parts.matchAll(/([\d.]+)([a-z]+)/g)
  const ms = [...pieces].reduce((sum, [, count, unit = '']) => sum + Number(count) * (UNIT_MS[unit] ?? 0), 0)
  return sign === '-' ? -ms : ms
}
