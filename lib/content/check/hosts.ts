import { runPlain } from './plain/run-plain'
import type { HostName, HostOptions, Run, RunResult } from './run'

export type Host = (runs: readonly Run[], options: HostOptions) => Promise<RunResult[]>

export const HOSTS: Record<HostName, Host> = {
  plain: runPlain,
  loopback: () => Promise.reject(new Error('not there')),
  pipe: () => Promise.reject(new Error('not there')),
}
