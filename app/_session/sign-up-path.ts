import { safeRedirectPath } from '@/lib/auth/redirect'

/** Address of the page that makes an account and leads back to `target` afterwards. */
export function signUpPath(target: string): string {
  const next = safeRedirectPath(target)
  return next === '/' ? '/sign-up' : `/sign-up?${new URLSearchParams({ next })}`
}
