import path from 'node:path'
import { runInChildren } from '../child-host'
import type { HostOptions, Run, RunResult } from '../run'

/** Vitest looks at all its files before it runs the first; with thousands of them, that takes minutes. */
const BATCH = 400

/** Runs cases in the real Vitest. */
export function runPlain(runs: readonly Run[], options: HostOptions): Promise<RunResult[]> {
  const script = path.join(import.meta.dirname, 'child.ts')
  return runInChildren(runs, { ...options, host: 'plain', script, batch: BATCH })
}
