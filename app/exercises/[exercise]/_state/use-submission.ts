'use client'

import { useCallback, useEffect, useReducer, useRef } from 'react'
import { SubmissionView } from '@/lib/contract/submission'
import { type ApiProblem, sendJson } from '../../../_session/api'
import { ask } from './ask'
import { followSubmission } from './submission-feed'

/** The submission that the results pane shows. `problem` is why sending did not work; the code is still there. */
export interface SubmissionState {
  phase: 'none' | 'sending' | 'failed' | 'waiting' | 'done'
  view: SubmissionView | null
  problem: ApiProblem | null
}

type Action =
  | { type: 'sending' }
  | { type: 'failed'; problem: ApiProblem }
  | { type: 'seen'; view: SubmissionView }

function reduce(state: SubmissionState, action: Action): SubmissionState {
  if (action.type === 'sending') return { phase: 'sending', view: null, problem: null }
  if (action.type === 'failed') return { phase: 'failed', view: null, problem: action.problem }
  return { phase: action.view.state === 'done' ? 'done' : 'waiting', view: action.view, problem: null }
}

export interface Submission {
  state: SubmissionState
  /** Sends a source for grading. Returns the problem, or null once it is taken. */
  send: (source: string) => Promise<ApiProblem | null>
  /** Shows a submission of before; one that is still being graded is followed. */
  show: (view: SubmissionView) => void
}

/** @param latest the latest submission when the page was made, followed on if it had no verdict yet */
export function useSubmission(
  exercise: string,
  latest: SubmissionView | null,
  onGraded: (view: SubmissionView) => void,
): Submission {
  const [state, dispatch] = useReducer(reduce, { phase: 'none', view: null, problem: null })
  const following = useRef<AbortController | null>(null)
  const graded = useRef(onGraded)
  const unfinished = useRef(latest && latest.state !== 'done' ? latest : null)

  useEffect(() => {
    graded.current = onGraded
  }, [onGraded])

  const show = useCallback((view: SubmissionView): void => {
    following.current?.abort()
    dispatch({ type: 'seen', view })
    if (view.state === 'done') return
    const controller = new AbortController()
    following.current = controller
    const take = (next: SubmissionView): void => {
      dispatch({ type: 'seen', view: next })
      if (next.state === 'done') graded.current(next)
    }
    followSubmission(view.id, take, controller.signal)
  }, [])

  useEffect(() => {
    if (unfinished.current) show(unfinished.current)
    return () => following.current?.abort()
  }, [show])

  const send = useCallback(
    async (source: string): Promise<ApiProblem | null> => {
      following.current?.abort()
      dispatch({ type: 'sending' })
      const answer = await ask(SubmissionView, sendJson('POST', '/api/submissions', { exercise, source }))
      if (answer.ok) {
        show(answer.value)
        // A source that was graded before has its verdict at once.
        if (answer.value.state === 'done') graded.current(answer.value)
      } else dispatch({ type: 'failed', problem: answer.problem })
      return answer.ok ? null : answer.problem
    },
    [exercise, show],
  )

  return { state, send, show }
}
