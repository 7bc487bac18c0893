import { cache } from 'react'
import { getViewer } from '@/lib/auth/viewer'
import type { Viewer } from '@/lib/contract/account'
import { isProblemError } from '@/lib/contract/problem'

/** Who is looking, for pages that work without knowing. */
export interface ViewerLookUp {
  viewer: Viewer | null
  /** False when there is a session but the database does not answer: the page is then shown as to a visitor. */
  reachable: boolean
}

/** Like getViewer, but a database that is away makes a visitor of everybody instead of an error page. */
export const lookUpViewer = cache(async (): Promise<ViewerLookUp> => {
  try {
    return { viewer: await getViewer(), reachable: true }
  } catch (error) {
    if (isProblemError(error) && error.code === 'service-unavailable') return { viewer: null, reachable: false }
    throw error
  }
})
