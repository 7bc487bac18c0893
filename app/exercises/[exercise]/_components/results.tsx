'use client'

import { useTranslations } from 'next-intl'
import type { ReactNode } from 'react'
import { countTests, type RunState } from '../_state/run-state'
import type { SubmissionState } from '../_state/use-submission'
import { Tab, TabList, TabPanel, Tabs } from '../../../_ui/tabs'
import { ConsoleList } from './console-list'
import { RunResults } from './run-results'

export type ResultsTab = 'tests' | 'console' | 'submission'

/** The pane below the editor: the latest run, what it printed, the latest submission. */
export function Results({ tab, onTab, run, limitSeconds, submission, verdict }: {
  tab: ResultsTab
  onTab: (tab: ResultsTab) => void
  run: RunState
  limitSeconds: number
  submission: SubmissionState
  /** The verdict view, made by the workspace, which knows what its buttons do. */
  verdict: ReactNode
}) {
  const t = useTranslations('workspace.results')
  return (
    <Tabs
      value={tab}
      onValueChange={(value) => onTab(value as ResultsTab)}
      className="flex h-full min-h-0 flex-col bg-surface"
    >
      <h2 className="sr-only">{t('label')}</h2>
      <TabList className="shrink-0 px-2" aria-label={t('label')}>
        <Tab value="tests">
          {t('tests')}
          <TestCount run={run} />
        </Tab>
        <Tab value="console">
          {t('console')}
          {run.console.length > 0 && <Count>{run.console.length}</Count>}
        </Tab>
        <Tab value="submission">
          {t('submission')}
          <Score submission={submission} />
        </Tab>
      </TabList>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <TabPanel value="tests" className="p-4">
          <RunResults run={run} limitSeconds={limitSeconds} />
        </TabPanel>
        <TabPanel value="console" className="p-4">
          <ConsoleList lines={run.console} silenced={run.silenced} />
        </TabPanel>
        <TabPanel value="submission" className="p-4">
          {verdict}
        </TabPanel>
      </div>
    </Tabs>
  )
}

function TestCount({ run }: { run: RunState }) {
  if (run.end === null || run.tests.length === 0) return null
  const { passed, failed } = countTests(run.tests)
  return <Count>{`${passed}/${passed + failed}`}</Count>
}

function Score({ submission: { view } }: { submission: SubmissionState }) {
  if (!view?.verdict || view.verdict.verdict === 'error') return null
  return <Count>{`${view.verdict.score}/${view.verdict.maxScore}`}</Count>
}

function Count({ children }: { children: ReactNode }) {
  return <span className="rounded-full bg-sunken px-1.5 text-small text-ink-soft figures">{children}</span>
}
