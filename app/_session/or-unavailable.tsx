import { isProblemError } from '@/lib/contract/problem'
import type { ReactNode } from 'react'
import { Unavailable } from '../_shell/unavailable'

/** Renders a page that needs the database; while that is away, a page that says so and offers to try again. */
export async function orUnavailable(render: () => Promise<ReactNode>): Promise<ReactNode> {
  try {
    return await render()
  } catch (error) {
    if (isProblemError(error) && error.code === 'service-unavailable') return <Unavailable />
    throw error
  }
}
