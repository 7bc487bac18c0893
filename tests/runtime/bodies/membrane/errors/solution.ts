/* Errors that go out of a solution, and come into it. */

export class NotFound extends Error {
  override readonly name: string = 'NotFound'
  constructor(
    readonly key: string,
    options?: ErrorOptions,
  ) {
    super(`no ${key}`, options)
  }
  get status(): number {
    return 404
  }
  describe(): string {
    return `${this.name} ${this.key}`
  }
  static of(key: string): NotFound {
    return new NotFound(key)
  }
}
export class Gone extends NotFound {
  override readonly name = 'Gone'
  override get status(): number {
    return 410
  }
}
class Unexported extends Error {
  readonly code = 7
  get hint(): string {
    return `code ${this.code}`
  }
}

const throwing = (make: () => unknown) => (): never => {
  throw make()
}
export const notFound = throwing(() => new NotFound('x'))
export const gone = throwing(() => new Gone('y'))
export const unexported = throwing(() => new Unexported('hidden class'))
export const withCause = throwing(() => new NotFound('z', { cause: new RangeError('deep') }))
export const withPlainCause = throwing(() => new Error('outer', { cause: { code: 1, list: [1, 2] } }))
export const aggregate = throwing(() => new AggregateError([new TypeError('a'), new NotFound('b')], 'both'))
export const withMembers = throwing(() => Object.assign(new Error('bare'), { code: 'E1', list: [1] }))
export const aText = throwing(() => 'just text')
export const aNumber = throwing(() => 0)
export const nothing = throwing(() => undefined)
export const aNull = throwing(() => null)
export const aPlainObject = throwing(() => ({ message: 'plain', code: 2 }))
export const aDomException = throwing(() => new DOMException('stopped', 'AbortError'))
export const emptyMessage = throwing(() => new Error(''))
export const lines = throwing(() => new TypeError('first line\nsecond line'))
export const fine = (): string => 'fine'
export const recursive = (): number => recursive() + 1
export const later = async (): Promise<never> => notFound()
export const laterText = (): Promise<never> => Promise.reject('late text')
export const makeError = (): NotFound => new NotFound('made')
export const chained = (): Error => new Error('1', { cause: new Error('2', { cause: new NotFound('3') }) })

/** What a solution sees of an error that it has caught. */
export const look = (act: () => unknown): Record<string, unknown> => {
  try {
    return { value: act() }
  } catch (error) {
    return view(error)
  }
}
export const lookLater = async (act: () => Promise<unknown>): Promise<Record<string, unknown>> => {
  try {
    return { value: await act() }
  } catch (error) {
    return view(error)
  }
}
function view(error: unknown): Record<string, unknown> {
  const thrown = error as Error & Record<string, unknown> & { describe?: () => string }
  return {
    isError: error instanceof Error,
    isType: error instanceof TypeError,
    text: String(error),
    name: thrown.name,
    message: thrown.message,
    code: thrown.code,
    hint: thrown.hint,
    described: thrown.describe?.(),
    constructorName: thrown.constructor.name,
    hasStack: typeof thrown.stack === 'string',
    brand: Object.prototype.toString.call(error),
    cause: thrown.cause instanceof Error ? `${thrown.cause.name}: ${thrown.cause.message}` : thrown.cause,
  }
}
export const isInstance = (act: () => unknown, Class: new (...args: never[]) => unknown): boolean => {
  try {
    act()
    return false
  } catch (error) {
    return error instanceof Class
  }
}
export const rethrow = (act: () => unknown): unknown => {
  try {
    return act()
  } catch (error) {
    throw error
  }
}
export const wrap = (act: () => unknown): unknown => {
  try {
    return act()
  } catch (error) {
    throw new NotFound('wrapped', { cause: error })
  }
}
export const swallow = (act: () => unknown): string => {
  try {
    act()
    return 'nothing'
  } catch {
    return 'swallowed'
  } finally {
    void 0
  }
}
export const describe = (error: Error): string => `${error.name}: ${error.message}`
