import { runCommand } from './run-command'
import { failure, type SuiteResult } from './suite-result'

/** A command that counts as one test: passed when it exits 0. */
export async function commandSuite(name: string, about: string, args: readonly string[]): Promise<SuiteResult> {
  const { code, tail, durationMs } = await runCommand(name, args)
  if (code !== 0) return failure(name, about, tail || `ended with ${code ?? 'a signal'}`, durationMs)
  return { name, passed: 1, failed: 0, skipped: 0, failures: [], durationMs }
}
