import { readFileSync } from 'node:fs'
import path from 'node:path'
import { TestRunner, vi } from 'vitest'
import { CASE_FILE, type CaseFile } from './case-folder'

/**
 * Vitest's own runner, with one change: seed, order and time limit belong to each file rather than to the whole run,
 * so that one run can hold every case.
 */
export default class CaseRunner extends TestRunner {
  onBeforeCollect(paths: string[]): void {
    const [file] = paths
    if (file === undefined) return
    const { seed, timeoutMs } = JSON.parse(readFileSync(path.join(path.dirname(file), CASE_FILE), 'utf8')) as CaseFile
    this.config.testTimeout = timeoutMs
    this.config.sequence.seed = seed
    this.config.sequence.shuffle = true
  }

  /** Files share a worker; a test that failed before it tidied up must not reach the next case. */
  override onAfterRunFiles(): void {
    super.onAfterRunFiles()
    vi.useRealTimers()
    vi.unstubAllGlobals()
  }
}
