'use client'

import { useRouter } from 'next/navigation'
import { useState, useTransition } from 'react'
import type { ApiProblem, ApiResult } from '../_session/api'

/**
 * Sends something that changes what the page shows, then renders the page anew. `run` answers whether it worked; while
 * it goes on, and until the page is new, `pending` is true.
 */
export function useRequest() {
  const router = useRouter()
  const [sending, setSending] = useState(false)
  const [refreshing, startRefresh] = useTransition()
  const [problem, setProblem] = useState<ApiProblem | null>(null)

  async function run(request: () => Promise<ApiResult>, done?: () => void): Promise<void> {
    setSending(true)
    setProblem(null)
    const answer = await request()
    setSending(false)
    if (!answer.ok) setProblem(answer.problem)
    // Whoever came too late sees what the others did.
    if (!answer.ok && answer.problem.code !== 'conflict') return
    startRefresh(() => {
      router.refresh()
      if (answer.ok) done?.()
    })
  }

  return { run, pending: sending || refreshing, problem, clear: () => setProblem(null) }
}
