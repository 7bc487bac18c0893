export type Op =
  | { op: 'send' | 'recv' | 'close'; ch: string }
  | { op: 'lock' | 'unlock'; mu: string }
  | { op: 'wgAdd'; wg: string; n: number }
  | { op: 'wgDone' | 'wgWait'; wg: string }
  | { op: 'go'; name: string }
  | { op: 'sleep'; ticks: number }
  | { op: 'select'; cases: ReadonlyArray<{ op: 'send' | 'recv'; ch: string }>; hasDefault?: boolean }

export interface Program {
  /** Capacity of each channel; null for a nil channel. */
  chans: Readonly<Record<string, number | null>>
  /** What each goroutine does; the program begins with `main`. */
  goroutines: Readonly<Record<string, readonly Op[]>>
}

/** A goroutine that cannot go on: where it is, and what it waits for. */
export interface Blocked {
  goroutine: string
  pc: number
  on: string
}

export type Outcome =
  | { kind: 'ok'; leaked: Blocked[] }
  | { kind: 'deadlock'; blocked: Blocked[] }
  | { kind: 'panic'; goroutine: string; reason: string }
  | { kind: 'livelock' }

/** Runs the program and tells how it ends. */
export function simulate(p: Program, opts: { maxSteps?: number } = {}): Outcome {
  throw new Error('not implemented')
}

/** The goroutines of a circle of waiting, or null if there is none. */
export function lockCycle(
  holds: Readonly<Record<string, readonly string[]>>,
  waits: Readonly<Record<string, string>>,
): string[] | null {
  throw new Error('not implemented')
}
