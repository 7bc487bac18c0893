'use client'

import { CircleCheck, CircleX, LoaderCircle, OctagonX, Play } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import type { RunEnd } from '@/lib/runner/results'
import { countTests, isAllGood, type RunState } from '../_state/run-state'
import { Alert } from '../../../_ui/alert'
import { CompileProblems } from './compile-problems'
import { ErrorView } from './error-view'
import { Quiet } from './quiet'
import { TestList } from './test-list'

/** The latest run: how it ended, what compiled not, which tests hold. */
export function RunResults({ run, limitSeconds }: { run: RunState; limitSeconds: number }) {
  const t = useTranslations('workspace.results')
  if (run.shown === 0) return <Quiet icon={<Play />} title={t('never')} text={t('neverText')} />
  return (
    // Names the run, for whoever watches from outside when its result is on the screen.
    <div data-run={`${run.shown} ${run.end ? 'ended' : 'running'}`} className="flex flex-col gap-4">
      {run.end?.kind === 'compile-error' && <CompileProblems problems={run.end.problems} />}
      <Summary run={run} />
      {run.end && <Ending end={run.end} limitSeconds={limitSeconds} />}
      {run.errors.length > 0 && (
        <section className="flex flex-col gap-3">
          <h3 className="flex items-center gap-2 text-ui font-medium text-bad">
            <CircleX aria-hidden className="size-4.5" />
            {t('outside')}
          </h3>
          <div className="flex flex-col gap-4 pl-6.5">
            {run.errors.map((error, index) => (
              <ErrorView key={index} error={error} />
            ))}
          </div>
        </section>
      )}
      {run.tests.length > 0 && <TestList tests={run.tests} />}
    </div>
  )
}

function Summary({ run }: { run: RunState }) {
  const t = useTranslations('workspace.results')
  const counts = countTests(run.tests)
  if (run.end === null) {
    return (
      <Line icon={<LoaderCircle aria-hidden className="size-4.5 animate-spin text-ink-soft" />}>
        <span className="font-medium">{t('running')}</span>
      </Line>
    )
  }
  if (run.end.kind !== 'done') return null
  const time = (
    <span className="text-small text-ink-faint figures">{t('time', { ms: Math.round(run.end.durationMs) })}</span>
  )
  if (isAllGood(run)) {
    return (
      <Line icon={<CircleCheck aria-hidden className="size-4.5 text-good" />}>
        <span className="font-medium text-good">{t('allGood', { count: counts.passed })}</span>
        {time}
        <span className="text-small text-ink-soft">{t('allGoodText')}</span>
      </Line>
    )
  }
  if (run.tests.length === 0) return run.errors.length === 0 ? <p className="text-ui">{t('noTests')}</p> : null
  return (
    <Line icon={<CircleX aria-hidden className="size-4.5 text-bad" />}>
      <span className="font-medium">{t('summary', { passed: counts.passed, failed: counts.failed })}</span>
      {counts.skipped > 0 && (
        <span className="text-small text-ink-soft">{t('skipped', { count: counts.skipped })}</span>
      )}
      {time}
    </Line>
  )
}

function Line({ icon, children }: { icon: ReactNode; children: ReactNode }) {
  return (
    <p className="flex items-start gap-2 text-ui">
      <span className="mt-0.5">{icon}</span>
      <span className="flex flex-wrap items-baseline gap-x-3">{children}</span>
    </p>
  )
}

function Ending({ end, limitSeconds }: { end: RunEnd; limitSeconds: number }) {
  const stopped = useTranslations('workspace.stopped')
  const unavailable = useTranslations('workspace.unavailable')
  if (end.kind === 'unavailable') {
    return (
      <Alert tone="warn" title={unavailable(end.part)}>
        {unavailable(`${end.part}Text`)}
      </Alert>
    )
  }
  if (end.kind !== 'stopped') return null
  return (
    <div className="flex items-start gap-2 text-ui">
      <OctagonX aria-hidden className="mt-0.5 size-4.5 shrink-0 text-warn" />
      <div className="min-w-0">
        <p className="font-medium">{stopped(end.reason, { seconds: limitSeconds })}</p>
        <p className="text-small text-ink-soft">{stopped(`${end.reason}Text`)}</p>
        {end.running !== null && (
          <p className="mt-1 text-small break-words text-ink-soft">{stopped('during', { test: end.running })}</p>
        )}
      </div>
    </div>
  )
}
