/** `vi.stubGlobal`: replaces globals until they are put back. */
export interface Stubs {
  stub: (name: PropertyKey, value: unknown) => void
  restore: () => void
}

export function createStubs(): Stubs {
  const originals = new Map<PropertyKey, PropertyDescriptor | undefined>()
  return {
    stub(name, value) {
      if (!originals.has(name)) originals.set(name, Object.getOwnPropertyDescriptor(globalThis, name))
      Object.defineProperty(globalThis, name, { value, writable: true, configurable: true, enumerable: true })
    },
    restore() {
      for (const [name, original] of originals) {
        if (original === undefined) Reflect.deleteProperty(globalThis, name)
        else Object.defineProperty(globalThis, name, original)
      }
      originals.clear()
    },
  }
}
