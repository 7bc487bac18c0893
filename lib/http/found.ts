import { ProblemError } from '@/lib/contract/problem'

/**
 * What was looked for.
 * @param what names it in the message, such as "submission"
 * @throws ProblemError `not-found` when there is no such thing, or none that the viewer may see
 */
export function found<T>(value: T | null, what: string): T {
  if (value === null) throw new ProblemError('not-found', `There is no such ${what}.`)
  return value
}
