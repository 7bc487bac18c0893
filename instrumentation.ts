import type { Instrumentation } from 'next'

/** Runs once, before the web process answers its first request. */
export async function register(): Promise<void> {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const [{ settings }, { watchForwardedHeaders }] = await Promise.all([
    import('@/lib/auth/settings'),
    import('@/lib/http/forwarded'),
  ])
  // A wrong setting is told now rather than to the first person who signs in.
  settings()
  watchForwardedHeaders()
}

/** Logs an error that a page threw while it was rendered, under the id that the error page shows. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME !== 'nodejs') return
  const { logPageError } = await import('@/lib/http/page-error')
  logPageError(error, request, context)
}
