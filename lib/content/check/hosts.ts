import { runLoopback } from './loopback/run-loopback'
import { runPipe } from './pipe/run-pipe'
import { runPlain } from './plain/run-plain'
import type { HostName, HostOptions, Run, RunResult } from './run'

export type Host = (runs: readonly Run[], options: HostOptions) => Promise<RunResult[]>

/** All hosts, the quickest first. */
export const BY_SPEED: readonly HostName[] = ['loopback', 'plain', 'pipe']

export const HOSTS: Record<HostName, Host> = {
  plain: runPlain,
  loopback: runLoopback,
  pipe: runPipe,
}
