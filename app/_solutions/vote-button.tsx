'use client'

import { ThumbsUp } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { useRequest } from '../_marking/use-request'
import { sendJson } from '../_session/api'
import { useProblemText } from '../_session/use-problem-text'
import { Button } from '../_ui/button'
import { cx } from '../_ui/cx'

/** Votes for a program, or takes the vote back. */
export function VoteButton({ exercise, program, voted, label }: {
  exercise: string
  program: string
  voted: boolean
  /** Of what the vote is. */
  label: string
}) {
  const t = useTranslations('solutions.program')
  const problemText = useProblemText()
  const { run, pending, problem } = useRequest()
  const path = `/api/exercises/${exercise}/solutions/${program}/vote`
  const words = t(voted ? 'voted' : 'vote')
  return (
    <span className="flex items-center gap-3">
      {problem && <span role="alert" className="max-w-64 text-small text-bad">{problemText(problem)}</span>}
      <Button
        size="small"
        pending={pending}
        aria-pressed={voted}
        aria-label={`${words}: ${label}`}
        className={cx(voted && 'border-accent! text-accent!')}
        onClick={() => void run(() => sendJson(voted ? 'DELETE' : 'PUT', path))}
      >
        <ThumbsUp aria-hidden className={cx(voted && 'fill-current')} />
        {words}
      </Button>
    </span>
  )
}
