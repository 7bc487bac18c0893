'use client'

import { useRouter } from 'next/navigation'
import { useTransition } from 'react'
import type { Locale } from '@/lib/contract/localized'
import { LOCALE_COOKIE } from '@/lib/http/locale'
import { sendJson } from '../_session/api'

const YEAR_SECONDS = 31_536_000

/**
 * Changes the language of this browser, and of the account when there is one. The page is rendered again in it; what
 * is typed on the page stays.
 */
export function useChooseLocale(signedIn: boolean): (locale: Locale) => void {
  const router = useRouter()
  const [, startTransition] = useTransition()
  return (locale) => {
    document.cookie = `${LOCALE_COOKIE}=${locale}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`
    startTransition(() => router.refresh())
    // For other browsers only: if it fails, this one still has its cookie.
    if (signedIn) void sendJson('PUT', '/api/account/locale', { locale })
  }
}
