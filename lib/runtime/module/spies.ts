import { clearAllMocks, restoreAllMocks } from '@vitest/spy'

export { clearAllMocks, fn, isMockFunction, resetAllMocks, restoreAllMocks, spyOn } from '@vitest/spy'

/*
 * The package keeps every mock for as long as it lives, and with it all that its implementation reaches: a realm that
 * runs many files one after another would fill up. It hands its two sets to nobody, so they are caught at the calls
 * that walk them, once, while they are still empty.
 */
const mocks = receiverOf('forEach', clearAllMocks)
const undos = receiverOf('clear', restoreAllMocks)

/** Restores whatever is still spied on, as far as that is possible, and forgets every mock. */
export function forgetMocks(): void {
  for (const undo of undos ?? []) {
    try {
      ;(undo as () => void)()
    } catch {
      // What was spied on belongs to a solution that is gone.
    }
  }
  undos?.clear()
  mocks?.clear()
}

/** The set on which a call uses one method. */
function receiverOf(method: 'forEach' | 'clear', call: () => void): Set<unknown> | null {
  const original = Object.getOwnPropertyDescriptor(Set.prototype, method) as PropertyDescriptor
  let receiver: Set<unknown> | null = null
  Object.defineProperty(Set.prototype, method, {
    ...original,
    value(this: Set<unknown>) {
      receiver = this
    },
  })
  try {
    call()
  } finally {
    Object.defineProperty(Set.prototype, method, original)
  }
  return receiver
}
