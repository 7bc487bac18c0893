/** Anything that says what went wrong, and perhaps why. */
export interface GoError {
  error(): string
  /** Its cause or causes. */
  unwrap?(): GoError | readonly GoError[] | null
  /** Whether it counts as equal to `target` without being it. */
  is?(target: GoError): boolean
}

/** An error that is equal to itself only. */
export function newError(msg: string): GoError {
  throw new Error('not implemented')
}

/** The error `err` with some context before its text. */
export function wrapError(err: GoError, prefix: string): GoError {
  throw new Error('not implemented')
}

/** One error with several causes; null if there are none. */
export function joinErrors(...errs: (GoError | null)[]): GoError | null {
  throw new Error('not implemented')
}

/** The one cause of an error. */
export function unwrap(err: GoError | null): GoError | null {
  throw new Error('not implemented')
}

/** Whether `err` is `target`, or has it among its causes. */
export function isError(err: GoError | null, target: GoError | null): boolean {
  throw new Error('not implemented')
}

/** The first instance of `ctor` among `err` and its causes. */
export function asError<T extends GoError>(err: GoError | null, ctor: abstract new (...a: never[]) => T): T | null {
  throw new Error('not implemented')
}
