/**
 * Remembers the global object. The answer puts it back: what tests have added goes, what they replaced returns. Nothing
 * is read through a getter, since some globals of a host come to life only when they are first asked for.
 */
export function rememberGlobals(): () => void {
  const before = new Map(Reflect.ownKeys(globalThis).map((key) => [key, descriptorOf(key)] as const))
  return () => {
    for (const key of Reflect.ownKeys(globalThis)) {
      if (!before.has(key)) Reflect.deleteProperty(globalThis, key)
    }
    for (const [key, then] of before) {
      const now = descriptorOf(key)
      const isSame = now?.value === then?.value && now?.get === then?.get
      // A getter that has made way for its value is no test's doing.
      const hasComeToLife = then?.get !== undefined && now?.get === undefined && now !== undefined
      if (!isSame && !hasComeToLife && then?.configurable) Object.defineProperty(globalThis, key, then)
    }
  }
}

function descriptorOf(key: PropertyKey): PropertyDescriptor | undefined {
  return Object.getOwnPropertyDescriptor(globalThis, key)
}
