'use client'

import { ChevronRight, CircleCheck, CircleMinus, CircleX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { RunTestResult } from '@/lib/runner/results'
import { OWN_TESTS } from '../_state/files'
import { cx } from '../../../_ui/cx'
import { ErrorView } from './error-view'

const LOOKS = {
  passed: { Icon: CircleCheck, colour: 'text-good' },
  failed: { Icon: CircleX, colour: 'text-bad' },
  skipped: { Icon: CircleMinus, colour: 'text-ink-faint' },
} as const

/** The tests of a run by file, each with its state and time. The first failure is open: it is the one to begin with. */
export function TestList({ tests }: { tests: readonly RunTestResult[] }) {
  const t = useTranslations('workspace.results')
  const files = [...new Set(tests.map((test) => test.file))]
  const first = tests.find((test) => test.errors.length > 0)
  return (
    <div className="flex flex-col gap-4">
      {files.map((file) => (
        <section key={file}>
          {files.length > 1 && (
            <h3 className="mb-1 text-small font-medium text-ink-soft">
              {t(file === OWN_TESTS ? 'ownTests' : 'visibleTests')}
            </h3>
          )}
          <ul className="flex flex-col divide-y divide-line border-y border-line">
            {tests
              .filter((test) => test.file === file)
              .map((test, index) => (
                <li key={index}>
                  <TestItem test={test} open={test === first} />
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  )
}

function TestItem({ test, open }: { test: RunTestResult; open: boolean }) {
  const t = useTranslations('workspace.results')
  const { Icon, colour } = LOOKS[test.state]
  const row = (
    <>
      <Icon aria-hidden className={cx('mt-0.5 size-4 shrink-0', colour)} />
      <span className="min-w-0 flex-1 text-ui break-words">
        {test.suites.length > 0 && <span className="text-ink-soft">{test.suites.join(' › ')} › </span>}
        {test.name}
      </span>
      <span className={cx('text-small font-medium whitespace-nowrap', colour)}>{t(`state.${test.state}`)}</span>
      <span className="w-14 text-right text-small whitespace-nowrap text-ink-faint figures">
        {t('time', { ms: Math.round(test.durationMs) })}
      </span>
    </>
  )
  if (test.errors.length === 0) return <div className="flex items-start gap-2 py-1.5 pl-6">{row}</div>
  return (
    <details open={open} className="group">
      <summary className="flex list-none items-start gap-2 rounded-sm py-1.5 [&::-webkit-details-marker]:hidden">
        <ChevronRight
          aria-hidden
          className="mt-0.5 size-4 shrink-0 text-ink-faint transition-transform group-open:rotate-90"
        />
        {row}
      </summary>
      <div className="flex flex-col gap-4 pt-1 pb-3 pl-12">
        {test.errors.map((error, index) => (
          <ErrorView key={index} error={error} />
        ))}
      </div>
    </details>
  )
}
