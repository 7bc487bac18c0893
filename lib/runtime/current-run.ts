import { NOTHING_FOREIGN, type Foreign } from './foreign'

/*
 * Matchers live on one prototype per realm, so what they need to know of the run that is going on stands here. Runs in
 * one realm follow each other, never side by side.
 */

export interface CurrentRun {
  foreign: Foreign
  /** Whether messages, diffs and printed values are made at all. */
  details: boolean
}

const NONE: CurrentRun = { foreign: NOTHING_FOREIGN, details: true }
let current = NONE

export function currentRun(): CurrentRun {
  return current
}

/** Makes a run the current one, and answers how to end it. */
export function enterRun(run: CurrentRun): () => void {
  current = run
  return () => {
    current = NONE
  }
}
