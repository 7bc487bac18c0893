/*
 * What each matcher does with values that live with the solution. It is an allowlist: a matcher that is not on it is
 * refused on such values, since it might run the solution's code where the test expects plain data.
 */

/**
 * - `snapshot`: compares structure, so it sees inert copies of both sides.
 * - `live`: asks about identity, type or one property, so it sees the stand-in itself.
 * - `spy`: reads the recorded calls of a mock of the test's own; sees inert copies of arguments and results.
 */
export type Policy = 'snapshot' | 'live' | 'spy'

const POLICIES: Record<Policy, readonly string[]> = {
  snapshot: ['toEqual', 'toStrictEqual', 'toMatchObject', 'toContainEqual', 'eql', 'eqls'],
  live: [
    ...['toBe', 'toBeTruthy', 'toBeFalsy', 'toBeNull', 'toBeUndefined', 'toBeDefined', 'toBeNullable', 'toBeNaN'],
    ...['toBeTypeOf', 'toBeInstanceOf', 'toBeOneOf', 'toSatisfy', 'toMatch', 'toHaveProperty', 'toHaveLength'],
    ...['toBeGreaterThan', 'toBeGreaterThanOrEqual', 'toBeLessThan', 'toBeLessThanOrEqual'],
    ...['toContain', 'toThrow', 'toThrowError', 'throw', 'throws', 'Throw'],
    ...['equal', 'equals', 'eq', 'instanceof', 'instanceOf', 'ok', 'true', 'false', 'null', 'undefined', 'NaN'],
    ...['exist', 'exists', 'property', 'haveProperty', 'ownProperty', 'haveOwnProperty', 'length', 'lengthOf'],
    ...['include', 'includes', 'contain', 'contains', 'members', 'oneOf', 'satisfy', 'satisfies', 'respondTo'],
    ...['respondsTo', 'extensible', 'sealed', 'frozen', 'resolves', 'rejects'],
  ],
  spy: [
    ...['toHaveBeenCalled', 'toBeCalled', 'toHaveBeenCalledTimes', 'toBeCalledTimes', 'toHaveBeenCalledOnce'],
    ...['toHaveBeenCalledWith', 'toBeCalledWith', 'toHaveBeenCalledExactlyOnceWith', 'toHaveBeenNthCalledWith'],
    ...['toHaveBeenLastCalledWith', 'toHaveBeenCalledBefore', 'toHaveBeenCalledAfter'],
    ...['toHaveReturned', 'toReturn', 'toHaveReturnedTimes', 'toReturnTimes', 'toHaveReturnedWith', 'toReturnWith'],
    ...['toHaveLastReturnedWith', 'toHaveNthReturnedWith', 'toHaveResolved', 'toHaveResolvedTimes'],
    ...['toHaveResolvedWith', 'toHaveLastResolvedWith', 'toHaveNthResolvedWith'],
  ],
}

const policies = new Map(
  (Object.keys(POLICIES) as Policy[]).flatMap((policy) => POLICIES[policy].map((name) => [name, policy] as const)),
)

/** Matchers of what a collection holds. Of one that lives with the solution they get the elements, not its methods' word. */
const OF_ELEMENTS = new Set([
  ...['toContain', 'toHaveLength', 'include', 'includes', 'contain', 'contains', 'members', 'length', 'lengthOf'],
])

export function asksForElements(name: string): boolean {
  return OF_ELEMENTS.has(name)
}

/** Those that also find a piece in a text, and a number in the text of one. */
const OF_TEXTS = new Set(['toContain', 'include', 'includes', 'contain', 'contains'])

/** Whether the matcher would look for something else than a text in a text. */
export function asksTextForOther(name: string, subject: unknown, sought: unknown): subject is string {
  return OF_TEXTS.has(name) && typeof subject === 'string' && typeof sought !== 'string'
}

/** Words of a chain that only read well or set a flag, and parts of the assertion that are no matchers at all. */
const NEUTRAL = new Set([
  ...['to', 'be', 'been', 'is', 'and', 'has', 'have', 'with', 'that', 'which', 'at', 'of', 'same', 'but', 'does'],
  ...['still', 'also', 'not', 'deep', 'nested', 'own', 'ordered', 'any', 'all', 'itself'],
  ...['constructor', 'assert', '_obj', '__methods', '__flags', 'withTest', 'withContext'],
])

export function isMatcher(name: string): boolean {
  return !NEUTRAL.has(name)
}

/** How a matcher is to be run, or null for one that never sees values of the solution. */
export function policyOf(name: string, isDeep: boolean): Policy | null {
  const policy = policies.get(name) ?? null
  return isDeep && policy === 'live' ? 'snapshot' : policy
}
