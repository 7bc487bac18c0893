'use client'

import { useEffect, useRef } from 'react'
import { takeIntent } from './submit-intent'

/**
 * Submits once, for somebody who pressed Submit, was sent to sign in and has come back.
 * @param asked whether the address says so; only together with the intent kept in this browser does it count
 * @param ready whether the text is in place again
 */
export function useSubmitAfterSignIn(options: {
  exercise: string
  signedIn: boolean
  asked: boolean
  ready: boolean
  submit: () => void
}): void {
  const { exercise, signedIn, asked, ready, submit } = options
  const latest = useRef(submit)
  useEffect(() => {
    latest.current = submit
  })
  useEffect(() => {
    if (!asked || !ready) return
    // A reload must not submit again.
    history.replaceState(history.state, '', location.pathname)
    if (signedIn && takeIntent(exercise)) latest.current()
  }, [exercise, signedIn, asked, ready])
}
