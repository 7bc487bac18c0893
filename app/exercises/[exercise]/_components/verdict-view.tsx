'use client'

import { ArrowRight, BookOpen, Hourglass, Users } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { ExercisePage } from '@/lib/contract/catalogue'
import type { SubmissionView } from '@/lib/contract/submission'
import { useProblemText } from '../../../_session/use-problem-text'
import { Alert } from '../../../_ui/alert'
import { Button, LinkButton } from '../../../_ui/button'
import { ProgressBar } from '../../../_ui/progress-bar'
import { GroupList } from '../../../_verdict/group-list'
import { VerdictBadge } from '../../../_verdict/verdict-badge'
import { VerdictSummary } from '../../../_verdict/verdict-summary'
import { SOLUTION } from '../_state/files'
import type { SubmissionState } from '../_state/use-submission'
import { PlaceButton } from './go-to'
import { Quiet } from './quiet'
import { Steps, type Step } from './steps'

interface VerdictActions {
  /** Address of the next exercise of the topic, if there is one. */
  next: string | null
  /** Address of the topic. */
  topic: string
  onRetry: () => void
  onEditorial: () => void
}

/** One submission from sending to verdict. */
export function VerdictView({ submission, groups, ...actions }: VerdictActions & {
  submission: SubmissionState
  groups: ExercisePage['groups']
}) {
  const t = useTranslations('workspace.submission')
  const { phase, view, problem } = submission
  if (phase === 'failed' && problem) return <NotSent problem={problem} onRetry={actions.onRetry} />
  if (phase === 'sending') return <Waiting step="sending">{t('sending')}</Waiting>
  if (!view) return <Quiet icon={<Hourglass />} title={t('none')} text={t('noneText')} />
  if (!view.verdict) {
    return (
      <Waiting step={view.state === 'queued' ? 'queued' : 'grading'}>
        <VerdictSummary submission={view} />
      </Waiting>
    )
  }
  return <Graded view={view} groups={groups} {...actions} />
}

function Graded({ view, groups, next, topic, onRetry, onEditorial }: VerdictActions & {
  view: SubmissionView
  groups: ExercisePage['groups']
}) {
  const t = useTranslations('workspace.submission')
  const { verdict } = view
  if (!verdict) return null
  const score = t('score', { score: verdict.score, max: verdict.maxScore })
  const place = verdict.problem?.line
  return (
    <div className="flex flex-col gap-4 text-ui">
      <div className="flex flex-wrap items-center gap-x-3 gap-y-2">
        <VerdictBadge submission={view} />
        {verdict.verdict !== 'error' && (
          <>
            <span className="font-semibold figures">{score}</span>
            <ProgressBar className="w-32" value={verdict.score} of={verdict.maxScore} label={score} />
          </>
        )}
        <span className="text-small text-ink-faint figures">{t('time', { ms: Math.round(verdict.stats.wallMs) })}</span>
      </div>
      <VerdictSummary submission={view} />
      {place && (
        <p>
          <PlaceButton place={{ file: SOLUTION, line: place, column: verdict.problem?.column ?? 0 }} />
        </p>
      )}
      {verdict.verdict === 'passed' && (
        <div className="flex flex-wrap gap-2">
          <LinkButton tone="primary" href={next ?? topic}>
            {t(next ? 'next' : 'topic')}
            <ArrowRight aria-hidden />
          </LinkButton>
          <Button onClick={onEditorial}>
            <BookOpen aria-hidden />
            {t('editorial')}
          </Button>
          <LinkButton href={`/exercises/${view.exercise}/solutions`} prefetch={false}>
            <Users aria-hidden />
            {t('others')}
          </LinkButton>
        </div>
      )}
      {verdict.verdict === 'error' && (
        <Button className="self-start" onClick={onRetry}>
          {t('retry')}
        </Button>
      )}
      {verdict.groups.length > 0 && (
        <>
          <GroupList verdict={verdict} about={groups} />
          <p className="text-small text-ink-soft">{t('hidden')}</p>
        </>
      )}
    </div>
  )
}

/** How far a submission has come, and what it waits for. */
function Waiting({ step, children }: { step: Step; children: ReactNode }) {
  const t = useTranslations('workspace.submission')
  return (
    <div className="flex flex-col gap-3 text-ui">
      <Steps current={step} />
      <div role="status">
        <div className="font-medium">{children}</div>
        <p className="text-small text-ink-soft">{t('waitingText')}</p>
      </div>
    </div>
  )
}

function NotSent({ problem, onRetry }: { problem: NonNullable<SubmissionState['problem']>; onRetry: () => void }) {
  const t = useTranslations('workspace.submission')
  const textOf = useProblemText()
  return (
    <Alert tone="warn" live="assertive" title={t('failedToSend')}>
      <p>{problem.code === 'service-unavailable' ? t('unavailable') : textOf(problem)}</p>
      <Button size="small" className="mt-2" onClick={onRetry}>
        {t('retry')}
      </Button>
    </Alert>
  )
}
