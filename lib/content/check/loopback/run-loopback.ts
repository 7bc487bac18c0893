import path from 'node:path'
import { runInChildren } from '../child-host'
import type { HostOptions, Run, RunResult } from '../run'

/** Runs cases as the browser does: tests and solution in one realm, with the membrane between them. */
export function runLoopback(runs: readonly Run[], options: HostOptions): Promise<RunResult[]> {
  return runInChildren(runs, { ...options, host: 'loopback', script: path.join(import.meta.dirname, 'child.ts') })
}
