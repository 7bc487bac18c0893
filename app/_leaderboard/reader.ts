import { signInPath } from '@/lib/auth/redirect'

/** Who looks at a board, as far as that changes what it says. */
export type Reader =
  | { kind: 'visitor'; signIn: string }
  /** Somebody signed in, at everybody's boards. */
  | { kind: 'learner' }
  /** At the boards of their class. */
  | { kind: 'student'; row: string | null; isKeptOff: boolean }
  | { kind: 'staff' }

export function visitorOf(path: string): Reader {
  return { kind: 'visitor', signIn: signInPath(path) }
}
