import type { ConsoleLine, RunTest, TestError } from '@/lib/contract/run'
import type { SourceProblem } from '@/lib/contract/verdict'
import type { Place } from './places'

/** An error with the places in the learner's files that it came through. */
export type PlacedError = TestError & { places: Place[] }

export type RunTestResult = Omit<RunTest, 'errors'> & { errors: PlacedError[] }

export type RunConsoleLine = ConsoleLine & { places: Place[] }

/** One thing that happened during a run, told as it happens. */
export type RunEvent =
  | { type: 'test'; test: RunTestResult }
  | { type: 'console'; line: RunConsoleLine }
  /** An error outside any test. */
  | { type: 'error'; error: PlacedError }
  /** More console lines were printed than are shown. */
  | { type: 'silenced' }

export interface FileProblem {
  file: string
  problem: SourceProblem
}

/** How a run ended. Only `done` means that every test had its turn. */
export type RunEnd =
  | { kind: 'done'; durationMs: number }
  | { kind: 'compile-error'; problems: FileProblem[] }
  /** `running` is the test that had begun and not ended, where one is known. */
  | { kind: 'stopped'; reason: 'time-limit' | 'output-limit' | 'crashed' | 'cancelled'; running: string | null }
  /** Run cannot work now: the compiler or the sandbox did not load. Grading on the server does not need either. */
  | { kind: 'unavailable'; part: 'compiler' | 'sandbox' }
