import type { SuiteResult } from './suite-result'

const MOST_FAILURES = 30
const MOST_LINES = 40

/** Prints a line on a suite that has ended, and its failures. */
export function printResult({ name, passed, failed, skipped, failures, durationMs }: SuiteResult): void {
  const counts = [`${passed} passed`, failed > 0 && `${failed} FAILED`, skipped > 0 && `${skipped} skipped`]
  const seconds = `${(durationMs / 1000).toFixed(1)} s`
  console.log(`${name.padEnd(16)}${counts.filter(Boolean).join(', ').padEnd(36)}${seconds}`)
  for (const { title, details } of failures.slice(0, MOST_FAILURES)) console.log(`\n  ✗ ${title}\n${indent(details)}\n`)
  if (failures.length > MOST_FAILURES) {
    console.log(`  and ${failures.length - MOST_FAILURES} more, in .handroll/test/${name}.log`)
  }
}

/** The last line of a run: how many passed and failed, over all suites. */
export function closingLine(results: readonly SuiteResult[]): string {
  const sum = (count: (result: SuiteResult) => number): number => {
    return results.reduce((total, result) => total + count(result), 0)
  }
  const skipped = sum((result) => result.skipped)
  const counts = `${sum((result) => result.passed)} passed, ${sum((result) => result.failed)} failed`
  return skipped > 0 ? `${counts}, ${skipped} skipped` : counts
}

function indent(text: string): string {
  const lines = text.trim().split('\n')
  const shown = lines.length > MOST_LINES ? [...lines.slice(0, MOST_LINES), '...'] : lines
  return shown.map((line) => `    ${line}`).join('\n')
}
