/**
 * What the test runtime must know of values from the other side of the line between tests and solution. The membrane
 * supplies it; under a pass-through there are no handles at all (`NOTHING_FOREIGN`).
 */
export interface Foreign {
  /** Whether the value is a stand-in: its content lives with the solution. Never runs the solution's code. */
  isHandle(value: unknown): boolean
  /**
   * A local copy in which every handle, at any depth, is replaced by inert data; a value without handles is returned
   * as it is. Asymmetric matchers (`isAsymmetricMatcher`) are kept as they are. No copy has the marks by which Vitest
   * knows its own (`asymmetricMatch`, `$$typeof`, `_isMockFunction`, `nodeType`).
   */
  snapshot(value: unknown): unknown
  /**
   * What a handle holds that is a list, a Set or a Map: its elements or values, each as it is. Null for anything else.
   */
  elementsOf(value: unknown): unknown[] | null
  /**
   * What two handles go through when they are walked by the iterators of their class, which runs the solution's code. Both
   * are given as snapshots. Null where one is none, or cannot be walked, or is a list, a Set or a Map.
   */
  walked(a: unknown, b: unknown): [unknown[], unknown[]] | null
}

/** Tests and solution share one heap, and nothing is foreign. */
export const NOTHING_FOREIGN: Foreign = { isHandle: () => false, snapshot: (value) => value, elementsOf: () => null, walked: () => null }

const MATCHER_TAG = Symbol.for('jest.asymmetricMatcher')

/** Whether a local value is a matcher like `expect.any(Number)`. Only meaningful for values that are no handles. */
export function isAsymmetricMatcher(value: object): boolean {
  return Object.getOwnPropertyDescriptor(value, '$$typeof')?.value === MATCHER_TAG
}
