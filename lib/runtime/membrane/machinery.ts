/** Names that lead from an object of the tests to the machinery behind it. A solution never learns what is there. */
export const MACHINERY: ReadonlySet<PropertyKey> = new Set<PropertyKey>([
  'constructor', '__proto__', 'prototype', 'caller', 'callee', 'arguments',
])
