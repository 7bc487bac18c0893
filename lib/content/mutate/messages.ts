import type { MutantState } from './mutant'

/** To a child: an instrumented solution, its tests, and the mutants to try. */
export interface MutateJob {
  code: string
  tests: string
  mutants: string[]
}

/** From a child: `ready` when the reference has passed, then `started` and `ended` for each mutant in turn. */
export type MutateMessage =
  | { kind: 'ready'; cpuMs: number }
  | { kind: 'broken'; reason: string }
  | { kind: 'started'; id: string }
  | { kind: 'ended'; id: string; state: MutantState }
