const { defineProperty } = Object

/**
 * Makes a property one that nobody can assign to, and heirs all the same can have for themselves. An assignment to an heir
 * fails where an object further up has that property and does not let it be written; with an accessor it makes one of
 * the heir's own, as it would have if it could be.
 */
export function letHeirsDiffer(owner: object, key: PropertyKey, { value, enumerable = false }: PropertyDescriptor): void {
  defineProperty(owner, key, {
    get: (): unknown => value,
    set(this: unknown, own: unknown) {
      if (this === owner || typeof this !== 'object' && typeof this !== 'function' || this === null) {
        throw new TypeError(`Cannot assign to ${String(key)} of an object of the language itself`)
      }
      defineProperty(this, key, { value: own, writable: true, enumerable: true, configurable: true })
    },
    enumerable,
    configurable: true,
  })
}
