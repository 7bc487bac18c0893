import { z } from 'zod'

/** Every code an API error may carry, with its HTTP status. The one table of this kind. */
export const STATUS_BY_CODE = {
  'bad-request': 400,
  /** E-mail or password is wrong; which of them is never said. */
  'wrong-credentials': 401,
  'sign-in-required': 401,
  forbidden: 403,
  'account-suspended': 403,
  /** An outside provider does not vouch for the e-mail address it names, so no account can be found or made by it. */
  'email-not-verified': 403,
  /** The one-time link is unknown, used or too old. */
  'claim-invalid': 403,
  /** No class takes people by this code, or not any more. */
  'join-closed': 403,
  /** Staff removed the person from the class; only staff can restore them. */
  'removed-from-class': 403,
  /** The problem set allows no further submission of this exercise. */
  'attempts-used': 403,
  'not-found': 404,
  conflict: 409,
  'email-taken': 409,
  /** Somebody else has this name for a public profile. */
  'handle-taken': 409,
  /** An archived class can be read, not changed. */
  'class-archived': 409,
  /** The class would have no instructor. */
  'last-instructor': 409,
  /** The class has as many people, sections or problem sets as a class may have. */
  'class-full': 409,
  'too-many-sections': 409,
  'too-many-sets': 409,
  /** Without this account the site would have no admin. */
  'last-admin': 409,
  /** Every submission has a verdict of the exercise's present version. */
  'nothing-to-regrade': 409,
  'source-too-large': 413,
  'body-too-large': 413,
  'too-many-requests': 429,
  /** The person's own submissions that wait fill their part of the queue. */
  'too-many-waiting': 429,
  /** The problem set asks for a pause between two submissions of an exercise. */
  'cooling-down': 429,
  'internal-error': 500,
  /** The submissions of all people fill the queue. */
  'queue-full': 503,
  'service-unavailable': 503,
} as const

export type ProblemCode = keyof typeof STATUS_BY_CODE

/** One field of the input that breaks a rule. A page chooses its sentence by `path` and `rule`. */
export const InputIssue = z.strictObject({
  /** Dotted path within the input, such as `password`; empty for the input as a whole. */
  path: z.string(),
  /** Zod's issue code (`too_small`, `invalid_type`, ...), or the rule's own name (`common-password`). */
  rule: z.string(),
  message: z.string(),
})
export type InputIssue = z.infer<typeof InputIssue>

/** Body of every error response. `message` says what happened and what to do; `id` finds the log line. */
export const ProblemBody = z.strictObject({
  error: z.strictObject({
    code: z.string(),
    message: z.string(),
    id: z.string().optional(),
    retryAfterSeconds: z.number().optional(),
    issues: z.array(InputIssue).optional(),
  }),
})
export type ProblemBody = z.infer<typeof ProblemBody>

/**
 * An error that the caller may be told about, as it stands: `message` is shown, so it holds nothing private.
 * Everything else that is thrown is a fault of ours and stays in the log.
 */
export class ProblemError extends Error {
  override readonly name = 'ProblemError'

  constructor(
    readonly code: ProblemCode,
    message: string,
    readonly details: { retryAfterSeconds?: number; issues?: InputIssue[] } = {},
  ) {
    super(message)
  }
}

/** What somebody is told who has asked too often. */
export function tooManyRequests(retryAfterSeconds: number): ProblemError {
  const message = `Too many requests. Wait ${retryAfterSeconds} seconds and try again.`
  return new ProblemError('too-many-requests', message, { retryAfterSeconds })
}

/** Like instanceof, but also true when a bundler has made two copies of this module. */
export function isProblemError(error: unknown): error is ProblemError {
  return error instanceof Error && error.name === 'ProblemError' && 'code' in error
    && typeof error.code === 'string' && Object.hasOwn(STATUS_BY_CODE, error.code)
}
