import type { z } from 'zod'
import { ProblemError, type InputIssue } from '@/lib/contract/problem'

const MOST_ISSUES = 20

/**
 * Parses what came with a request.
 * @param what the part of the request, as the message names it: `body`, `query`
 * @throws ProblemError `bad-request` whose message lists every field and rule that does not hold
 */
export function parseInput<T extends z.ZodType>(schema: T, value: unknown, what: string): z.infer<T> {
  const result = schema.safeParse(value)
  if (result.success) return result.data
  const issues = result.error.issues.slice(0, MOST_ISSUES).map(toIssue)
  const list = issues.map(({ path, message }) => (path ? `${path}: ${message}` : message)).join('; ')
  throw new ProblemError('bad-request', `The ${what} is not right. ${list}`, { issues })
}

function toIssue(issue: z.core.$ZodIssue): InputIssue {
  const rule: unknown = issue.code === 'custom' ? issue.params?.rule : undefined
  return { path: issue.path.join('.'), rule: typeof rule === 'string' ? rule : issue.code, message: issue.message }
}
