import { isAsymmetricMatcher, type Foreign } from '@/lib/runtime/foreign'

/**
 * A small stand-in for the membrane: whatever a solution passes through `mark` is a handle, and every use of it is
 * noted. Its snapshot is made from what lies behind, without a note.
 */
export interface MarkingForeign extends Foreign {
  mark: <T extends object>(value: T) => T
  /** What was done to handles, in order. */
  touched: string[]
}

/** The marks by which Vitest knows its own; no snapshot has them. */
const HIDDEN = new Set(['asymmetricMatch', '$$typeof', '_isMockFunction', 'nodeType'])

export function markingForeign(): MarkingForeign {
  const behind = new WeakMap<object, object>()
  const touched: string[] = []
  const isHandle = (value: unknown): boolean => {
    return ((typeof value === 'object' && value !== null) || typeof value === 'function') && behind.has(value)
  }

  const handler = Object.fromEntries(
    Object.getOwnPropertyNames(Reflect).map((trap) => [
      trap,
      (target: object, ...rest: unknown[]): unknown => {
        const key = typeof rest[0] === 'object' || typeof rest[0] === 'function' ? '' : ` ${String(rest[0])}`
        touched.push(`${trap}${key}`)
        return Reflect.apply(Reflect[trap as 'get'] as never, Reflect, [target, ...rest])
      },
    ]),
  )

  const snapshot = (value: unknown): unknown => {
    if (isHandle(value)) return copyOf(behind.get(value as object) as object)
    if (typeof value !== 'object' || value === null || isAsymmetricMatcher(value)) return value
    const entries = Object.entries(value).map(([key, each]) => [key, snapshot(each)] as const)
    if (entries.every(([key, each]) => (value as Record<string, unknown>)[key] === each)) return value
    return Array.isArray(value) ? entries.map(([, each]) => each) : Object.fromEntries(entries)
  }

  function copyOf(value: object): unknown {
    if (typeof value === 'function') return value
    if (Array.isArray(value)) return value.map(snapshot)
    const prototype = Object.getPrototypeOf(value) as object | null
    const fields = Object.entries(value)
      .filter(([key]) => !HIDDEN.has(key))
      .map(([key, each]) => [key, snapshot(each)])
    return Object.assign(Object.create(prototype) as object, Object.fromEntries(fields))
  }

  return {
    isHandle,
    snapshot,
    elementsOf: () => null,
    walked: () => null,
    touched,
    mark: <T extends object>(value: T): T => {
      const handle = new Proxy(value, handler)
      behind.set(handle, value)
      return handle
    },
  }
}
