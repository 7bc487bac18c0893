/*
 * Submitting signed out leads through the sign-in page and back. The intent is kept here and not only in the address,
 * so that a link from elsewhere cannot make anybody submit.
 */

const INTENT_MS = 30 * 60_000

const keyOf = (exercise: string): string => `handroll:submit:${exercise}`

export function rememberIntent(exercise: string): void {
  try {
    localStorage.setItem(keyOf(exercise), String(Date.now()))
  } catch {
    // The learner comes back to the code and presses Submit once more.
  }
}

/** Whether the learner pressed Submit here before signing in. True once. */
export function takeIntent(exercise: string): boolean {
  try {
    const at = Number(localStorage.getItem(keyOf(exercise)) ?? Number.NaN)
    localStorage.removeItem(keyOf(exercise))
    return Date.now() - at < INTENT_MS
  } catch {
    return false
  }
}
