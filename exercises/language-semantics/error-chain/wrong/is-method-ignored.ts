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
  return { error: () => msg }
}

/** The error `err` with some context before its text. */
export function wrapError(err: GoError, prefix: string): GoError {
  return { error: () => `${prefix}: ${err.error()}`, unwrap: () => err }
}

/** One error with several causes; null if there are none. */
export function joinErrors(...errs: (GoError | null)[]): GoError | null {
  const causes = errs.filter((err) => err !== null)
  if (causes.length === 0) return null
  return { error: () => causes.map((cause) => cause.error()).join('\n'), unwrap: () => causes }
}

/** The one cause of an error. */
export function unwrap(err: GoError | null): GoError | null {
  const cause = err?.unwrap?.() ?? null
  return isArray(cause) ? null : cause
}

/** Whether `err` is `target`, or has it among its causes. */
export function isError(err: GoError | null, target: GoError | null): boolean {
  if (err === null || target === null) return err === target
  for (const candidate of visit(err)) {
    if (candidate === target) return true
  }
  return false
}

/** The first instance of `ctor` among `err` and its causes. */
export function asError<T extends GoError>(err: GoError | null, ctor: abstract new (...a: never[]) => T): T | null {
  for (const candidate of visit(err)) {
    if (candidate instanceof ctor) return candidate
  }
  return null
}

/** An error and all below it, depth first, each before its causes. Lazily: who has found something looks no further. */
function* visit(err: GoError | null): Generator<GoError> {
  // A stack of our own: the call stack is too small for long chains.
  const ahead = err === null ? [] : [err]
  for (let next = ahead.pop(); next; next = ahead.pop()) {
    yield next
    ahead.push(...causesOf(next).toReversed())
  }
}

function causesOf(err: GoError): readonly GoError[] {
  const cause = err.unwrap?.() ?? []
  return isArray(cause) ? cause : [cause]
}

/** `Array.isArray` does not narrow readonly arrays. */
function isArray(cause: GoError | readonly GoError[] | null): cause is readonly GoError[] {
  return Array.isArray(cause)
}
