import type { ContentProblem } from '../problem'
import { failedTests, type RunResult } from './run'
import { problemIn, type Subject } from './subject'

/** Every run that two hosts made must have failed the same tests in both. */
export function compareHosts(subject: Subject, results: readonly RunResult[]): ContentProblem[] {
  const plain = new Map(results.filter(({ host }) => host === 'plain').map((result) => [result.run.id, result]))
  return results.flatMap((result) => {
    const reference = plain.get(result.run.id)
    if (reference === undefined || reference === result) return []
    const differing = differingTests(reference, result)
    if (differing.length === 0) return []
    const { target, tests, seed } = result.run
    const where = `${tests}.test.ts differs between plain and ${result.host} with seed ${seed}`
    const message = `${where}: ${differing.join('; ')}`
    return [problemIn(subject, target, 'hosts-differ', message)]
  })
}

/** A run that was killed says nothing about single tests; only that the other was not killed would differ. */
function differingTests(plain: RunResult, other: RunResult): string[] {
  const [inPlain, inOther] = [cutShort(plain), cutShort(other)]
  if (inPlain !== null || inOther !== null) {
    // Tests that never end fail one by one where there is time for all of them, and cost the whole run elsewhere.
    if ((inPlain ?? inTest(plain)) !== null && (inOther ?? inTest(other)) !== null) return []
    return [`plain: ${inPlain ?? 'ended'}, ${other.host}: ${inOther ?? 'ended'}`]
  }
  const failed = [new Set(failedTests(plain)), new Set(failedTests(other))] as const
  const messages = new Map(other.tests.map((test) => [`${test.group} > ${test.name}`, test.message]))
  return [...new Set([...failed[0], ...failed[1]])]
    .filter((name) => failed[0].has(name) !== failed[1].has(name))
    .map((name) => `"${name}" ${failed[1].has(name) ? `fails (${messages.get(name) ?? 'no message'})` : 'passes'}`)
}

/**
 * What ended the run early. A rejection that nobody handled does not: it is only reported, and not by every host, since
 * over the pipe it is the solution's process that hears of it.
 */
function cutShort({ fault }: RunResult): string | null {
  return fault?.startsWith('unhandled ') ? null : fault
}

/** The test that was given up, if there is one. */
function inTest({ tests }: RunResult): string | null {
  return tests.find(({ message }) => message?.startsWith('Test timed out'))?.name ?? null
}
