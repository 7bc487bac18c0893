'use client'

import { useTranslations } from 'next-intl'
import { MAX_PEOPLE, MAX_SECTIONS, MAX_SETS } from '@/lib/contract/class-limits'
import type { ApiProblem } from './api'

const MINUTE = 60
const LIMITS = { people: MAX_PEOPLE, sections: MAX_SECTIONS, sets: MAX_SETS }

/** Says in the reader's language why a request failed and what to do. */
export function useProblemText(): (problem: ApiProblem) => string {
  const t = useTranslations('errors')
  return ({ code, retryAfterSeconds = MINUTE }) => {
    const wait =
      retryAfterSeconds < MINUTE
        ? t('wait.seconds', { seconds: Math.ceil(retryAfterSeconds) })
        : t('wait.minutes', { minutes: Math.ceil(retryAfterSeconds / MINUTE) })
    return isKnown(code) ? t(`api.${code}`, { ...LIMITS, wait }) : t('api.internal-error')
  }
}

/** The codes that have a sentence of their own. */
const CODES = [
  'bad-request', 'wrong-credentials', 'sign-in-required', 'forbidden', 'account-suspended', 'email-not-verified',
  'claim-invalid', 'not-found', 'conflict', 'email-taken', 'handle-taken', 'source-too-large', 'body-too-large', 'too-many-requests',
  'too-many-waiting', 'queue-full', 'last-admin', 'nothing-to-regrade', 'join-closed', 'removed-from-class', 'attempts-used',
  'cooling-down',
  'class-archived', 'last-instructor', 'class-full', 'too-many-sections', 'too-many-sets',
  'internal-error', 'service-unavailable', 'provider-failed', 'offline',
] as const

function isKnown(code: string): code is (typeof CODES)[number] {
  return CODES.some((known) => known === code)
}
