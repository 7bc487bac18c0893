/** Declarations of Handroll's own helpers for tests. */
export const HANDROLL_TYPES = `
declare module 'handroll' {
  /**
   * Runs a function beside the solution at full speed and returns a copy of its result. The function must stand alone:
   * it gets the solution's exports and copies of the arguments, and sees nothing else of the test.
   */
  export function inGuest<S, A extends unknown[], R>(
    run: (solution: S, ...args: A) => R,
    ...args: A
  ): Promise<Awaited<R>>

  /** A number in [0, 1), from the seed of this run. */
  export function random(): number
}
`
