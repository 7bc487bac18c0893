'use client'

import { useState } from 'react'
import { type ApiProblem, type ApiResult, sendJson } from './api'

/** Sending one thing at a time to a route of this site: whether it is under way, and why the last one failed. */
export function useSend() {
  const [pending, setPending] = useState(false)
  const [problem, setProblem] = useState<ApiProblem | null>(null)

  async function send(...args: Parameters<typeof sendJson>): Promise<ApiResult> {
    setPending(true)
    setProblem(null)
    const answer = await sendJson(...args)
    setPending(false)
    if (!answer.ok) setProblem(answer.problem)
    return answer
  }

  return { pending, problem, send, forget: () => setProblem(null) }
}
