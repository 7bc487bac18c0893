'use client'

import { useTranslations } from 'next-intl'
import { countTests, type RunState } from '../_state/run-state'
import type { SubmissionState } from '../_state/use-submission'

/** Tells people who do not see the results pane how a run or a submission ended. */
export function Announcer({ run, submission }: { run: RunState; submission: SubmissionState }) {
  const t = useTranslations('workspace.announce')
  return (
    <>
      <p role="status" className="sr-only">
        {runText(t, run)}
        {/* Makes the text of two equal results differ, so that both are read out. */}
        {run.shown % 2 === 1 && '\u00a0'}
      </p>
      <p role="status" className="sr-only">
        {verdictText(t, submission)}
      </p>
    </>
  )
}

type Translate = ReturnType<typeof useTranslations<'workspace.announce'>>

function runText(t: Translate, run: RunState): string {
  if (run.end === null) return ''
  if (run.end.kind === 'compile-error') return t('compile')
  if (run.end.kind === 'unavailable') return t('unavailable')
  if (run.end.kind === 'stopped') return t('stopped')
  const { passed, failed } = countTests(run.tests)
  return t('run', { passed, failed })
}

function verdictText(t: Translate, { view }: SubmissionState): string {
  const verdict = view?.verdict
  if (!verdict) return ''
  return t(verdict.verdict, { score: verdict.score, max: verdict.maxScore })
}
