/**
 * Stands in for a solution while tests are only listed: whatever a test file does with it outside its tests works and
 * leads nowhere. It can be called, constructed, extended, read at any key, iterated (over nothing) and made a string.
 */
export function anySolution(): unknown {
  const target = function () {}
  const any: object = new Proxy(target, {
    get(_target, key) {
      if (key === 'prototype') return target.prototype as object
      if (key === Symbol.toPrimitive) return () => ''
      if (key === Symbol.iterator || key === Symbol.asyncIterator) return () => ({ next: () => ({ done: true, value: undefined }) })
      // Not a promise: awaiting it would never end.
      return key === 'then' ? undefined : any
    },
    apply: () => any,
    construct: () => any,
    set: () => true,
    has: () => true,
  })
  // Compiled imports copy the keys that a module has, and leave the rest to its prototype.
  return new Proxy({}, { get: (_target, key) => Reflect.get(any, key), getPrototypeOf: () => any })
}
