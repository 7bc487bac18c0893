import type { PlacedError, RunConsoleLine, RunEnd, RunEvent, RunTestResult } from '@/lib/runner/results'

/**
 * What the results pane knows of runs. When one begins, what is shown stays that of the one before: most runs end
 * before anybody could read that they are running.
 */
export interface RunState {
  /** Counts the runs of this page. */
  number: number
  phase: 'never' | 'running' | 'ended'
  /** Which run the rest belongs to. */
  shown: number
  tests: readonly RunTestResult[]
  console: readonly RunConsoleLine[]
  errors: readonly PlacedError[]
  /** More was printed than is kept. */
  silenced: boolean
  /** Null until the run that is shown is over. */
  end: RunEnd | null
}

export const NO_RUN: RunState = {
  number: 0,
  phase: 'never',
  shown: 0,
  tests: [],
  console: [],
  errors: [],
  silenced: false,
  end: null,
}

export type RunAction =
  | { type: 'started' }
  | { type: 'happened'; events: readonly RunEvent[] }
  | { type: 'ended'; events: readonly RunEvent[]; end: RunEnd }

export function reduceRun(state: RunState, action: RunAction): RunState {
  const { number } = state
  if (action.type === 'started') return { ...state, number: number + 1, phase: 'running' }
  const begun = state.shown === number ? state : { ...NO_RUN, number, shown: number, phase: state.phase }
  const next = action.events.reduce(add, begun)
  return action.type === 'ended' ? { ...next, phase: 'ended', end: action.end } : next
}

function add(state: RunState, event: RunEvent): RunState {
  switch (event.type) {
    case 'test':
      return { ...state, tests: [...state.tests, event.test] }
    case 'console':
      return { ...state, console: [...state.console, event.line] }
    case 'error':
      return { ...state, errors: [...state.errors, event.error] }
    case 'silenced':
      return { ...state, silenced: true }
  }
}

export interface RunCounts {
  passed: number
  failed: number
  skipped: number
}

export function countTests(tests: readonly RunTestResult[]): RunCounts {
  const counts = { passed: 0, failed: 0, skipped: 0 }
  for (const { state } of tests) counts[state] += 1
  return counts
}

/** Everything ran, at least one test passed and nothing went wrong anywhere. Never a grade. */
export function isAllGood(state: RunState): boolean {
  const { passed, failed } = countTests(state.tests)
  return state.end?.kind === 'done' && passed > 0 && failed === 0 && state.errors.length === 0
}
