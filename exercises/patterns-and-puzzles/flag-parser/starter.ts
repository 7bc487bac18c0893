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

export class FlagSet {
  constructor(name: string) {
    throw new Error('not implemented')
  }

  string(name: string, def: string, usage: string): Ref<string> {
    throw new Error('not implemented')
  }

  int(name: string, def: number, usage: string): Ref<number> {
    throw new Error('not implemented')
  }

  bool(name: string, def: boolean, usage: string): Ref<boolean> {
    throw new Error('not implemented')
  }

  duration(name: string, defMs: number, usage: string): Ref<number> {
    throw new Error('not implemented')
  }

  /** Reads the flags from the start of the arguments. */
  parse(args: readonly string[]): void {
    throw new Error('not implemented')
  }

  /** What was left after the flags. */
  get args(): string[] {
    throw new Error('not implemented')
  }

  /** Whether a flag was given. */
  isSet(name: string): boolean {
    throw new Error('not implemented')
  }

  usage(): string {
    throw new Error('not implemented')
  }
}
