import { currentRun } from '../current-run'
import { chai } from './chai'

type Create = (this: unknown, sample: unknown) => unknown

/** The asymmetric matchers whose samples are compared part by part. */
const NAMES = ['objectContaining', 'arrayContaining']

/**
 * Makes asymmetric matchers hold snapshots. Vitest asks every value that it compares whether it is a matcher before it
 * asks our tester, and a stand-in is not to be asked that.
 */
export function snapshotSamples(): void {
  const expect = chai.expect as unknown as Record<string, Create> & { not: Record<string, Create> }
  for (const owner of [expect, expect.not]) {
    for (const name of NAMES) {
      const create = owner[name] as Create
      owner[name] = function (sample) {
        return create.call(this, currentRun().foreign.snapshot(sample))
      }
    }
  }
}
