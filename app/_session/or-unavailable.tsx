import { isProblemError } from '@/lib/contract/problem'
import type { ReactNode } from 'react'
import { TooMany } from '../_shell/too-many'
import { Unavailable } from '../_shell/unavailable'

/**
 * Renders a page that needs the database. While that is away, or when the page was asked for too often, a page that says
 * so and offers to try again.
 */
export async function orUnavailable(render: () => Promise<ReactNode>): Promise<ReactNode> {
  try {
    return await render()
  } catch (error) {
    if (!isProblemError(error)) throw error
    if (error.code === 'service-unavailable') return <Unavailable />
    if (error.code === 'too-many-requests') return <TooMany seconds={error.details.retryAfterSeconds ?? 60} />
    throw error
  }
}
