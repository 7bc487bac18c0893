/*
 * `vi.setSystemTime` without fake timers: the date stands still, timers run on. As in Vitest, which follows the
 * package mockdate.
 */

/** Makes `new Date()` and `Date.now()` tell one fixed time. Answers how to undo it. */
export function mockDate(date: Date): () => void {
  const RealDate = globalThis.Date
  const now = date.valueOf()
  if (Number.isNaN(now)) throw new TypeError('the time to set is not a valid date')
  class MockDate extends RealDate {
    constructor(...parts: ConstructorParameters<DateConstructor> | []) {
      super(...(parts.length === 0 ? ([now] as const) : (parts as [number])))
    }

    static override now(): number {
      return now
    }
  }
  const faked = new Proxy(MockDate, { apply: () => new MockDate().toString() })
  globalThis.Date = faked as unknown as DateConstructor
  return () => {
    globalThis.Date = RealDate
  }
}
