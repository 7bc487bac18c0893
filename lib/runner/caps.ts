/*
 * How much one run may say. Each of the three places keeps its own: the harness so that an honest slip ends well, the
 * frame because the code under test can get round the harness, the page because it believes neither.
 */

/** Console lines of one run that are kept; the rest is counted as silenced. */
export const MAX_CONSOLE_LINES = 200

/** Characters of one console line, error message, diff or stack. */
export const MAX_TEXT = 10_000

/** Characters of one note from the worker. */
export const MAX_NOTE_CHARS = 128 * 1024

/** Notes, and characters of notes, that one run may send before it is stopped. */
export const MAX_NOTES = 4_000
export const MAX_TOTAL_CHARS = 4 * 1024 * 1024

/** Time the page grants beyond a run's own limit before it removes the whole frame, milliseconds. */
export const GRACE_MS = 300

/** Time a frame may take to load and have a worker standing by, milliseconds. */
export const READY_TIMEOUT_MS = 6_000
