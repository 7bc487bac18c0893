import { failure, type SuiteResult } from './suite-result'
import type { Suite } from './suites'

/** How many suites run side by side: what two cores can carry. */
const SLOTS = 2

/**
 * Runs suites in their order, as many at a time as there are slots; one that wants all slots runs alone. A suite that
 * needs the built site waits for the suite `build`, and fails with it.
 * @param onEnd called with each result as it comes
 */
export async function runSuites(suites: Suite[], onEnd: (result: SuiteResult) => void): Promise<SuiteResult[]> {
  const waiting = [...suites]
  const results: SuiteResult[] = []
  const running = new Map<Suite, Promise<void>>()
  let build: 'awaited' | 'done' | 'failed' = suites.some(({ name }) => name === 'build') ? 'awaited' : 'done'

  const take = (): Suite | undefined => {
    const used = [...running.keys()].reduce((sum, { slots }) => sum + slots, 0)
    const index = waiting.findIndex(({ needsBuild }) => !(needsBuild && build === 'awaited'))
    const next = waiting[index]
    return next && used + next.slots <= SLOTS ? waiting.splice(index, 1)[0] : undefined
  }
  const run = async (suite: Suite): Promise<void> => {
    const result = suite.needsBuild && build === 'failed'
      ? failure(suite.name, 'needs the built site', 'The build failed.')
      : await suite.run().catch((error: unknown) => failure(suite.name, 'could not run', String(error)))
    if (suite.name === 'build') build = result.failed > 0 ? 'failed' : 'done'
    running.delete(suite)
    results.push(result)
    onEnd(result)
  }

  while (waiting.length + running.size > 0) {
    for (let suite = take(); suite; suite = take()) running.set(suite, run(suite))
    await Promise.race(running.values())
  }
  return results
}
