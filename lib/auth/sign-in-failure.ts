import { isProblemError, STATUS_BY_CODE, type ProblemCode } from '@/lib/contract/problem'

/** Why a sign-in failed: the `error` that the sign-in page finds in its address. */
export type SignInFailure = ProblemCode | 'provider-failed'

/** Takes an error that nobody foresaw. next-auth's own logger has this shape, too. */
export interface ErrorLog {
  error(code: string, error: unknown): void
}

/** next-auth's own words, and ours for them. */
const NEXT_AUTH_FAILURES: Record<string, SignInFailure> = {
  CredentialsSignin: 'wrong-credentials',
  SessionRequired: 'sign-in-required',
  OAuthSignin: 'provider-failed',
  OAuthCallback: 'provider-failed',
  OAuthCreateAccount: 'provider-failed',
  OAuthAccountNotLinked: 'provider-failed',
  AccessDenied: 'provider-failed',
  Callback: 'provider-failed',
}

/**
 * next-auth shows the message of whatever is thrown during a sign-in to the visitor, in an address. So that nothing
 * private gets there, `step` is made to throw the bare code of a problem, and nothing else.
 */
export function withNamedFailures<A extends unknown[], R>(log: ErrorLog, step: (...input: A) => Promise<R>) {
  return async (...input: A): Promise<R> => {
    try {
      return await step(...input)
    } catch (error) {
      if (isProblemError(error)) throw new Error(error.code)
      log.error('SIGN_IN_STEP', error)
      throw new Error('internal-error' satisfies SignInFailure)
    }
  }
}

/** The failure that a word in an address stands for, whether ours or next-auth's. */
export function signInFailure(word: string): SignInFailure {
  if (Object.hasOwn(STATUS_BY_CODE, word)) return word as ProblemCode
  return Object.hasOwn(NEXT_AUTH_FAILURES, word) ? (NEXT_AUTH_FAILURES[word] ?? 'internal-error') : 'internal-error'
}
