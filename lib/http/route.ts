import { findViewer } from '@/lib/auth/find-viewer'
import { countEvent } from '@/lib/learn/rate-limit'
import { createRoute } from './create-route'
import { renewSession } from './renew-session'

/** The wrapper of all API routes, on this program's sessions and counters. See createRoute. */
export const route = createRoute({
  findViewer: (request) => findViewer(request.cookies, request.headers),
  renewSession,
  countEvent,
})
