import path from 'node:path'
import { runInChildren } from '../child-host'
import type { HostOptions, Run, RunResult } from '../run'

/** Runs cases in the real Vitest. */
export function runPlain(runs: readonly Run[], options: HostOptions): Promise<RunResult[]> {
  const script = path.join(import.meta.dirname, 'child.ts')
  return runInChildren(runs, { ...options, host: 'plain', script })
}
