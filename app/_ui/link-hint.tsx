'use client'

import { useLinkStatus } from 'next/link'

/** A thin bar at the top of the window while the link it stands in is on its way, if that takes a moment. */
export function LinkHint() {
  const { pending } = useLinkStatus()
  return pending && <span aria-hidden className="link-hint" />
}
