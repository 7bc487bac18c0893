'use client'

import { Check, Circle, LoaderCircle } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { cx } from '../../../_ui/cx'

const STEPS = ['sending', 'queued', 'grading', 'verdict'] as const

/** What a submission is doing before it has a verdict. */
export type Step = Exclude<(typeof STEPS)[number], 'verdict'>

/** The way of a submission, with the step it is at. */
export function Steps({ current }: { current: Step }) {
  const t = useTranslations('workspace.submission.steps')
  const at = STEPS.indexOf(current)
  return (
    <ol className="flex flex-wrap items-center gap-x-2 gap-y-1 text-small">
      {STEPS.map((step, index) => {
        const Icon = index < at ? Check : index === at ? LoaderCircle : Circle
        return (
          <li
            key={step}
            aria-current={index === at ? 'step' : undefined}
            className={cx('flex items-center gap-1.5', index === at ? 'font-medium text-ink' : 'text-ink-faint')}
          >
            {index > 0 && <span aria-hidden className="mr-0.5 h-px w-4 bg-line-strong sm:w-7" />}
            <Icon
              aria-hidden
              className={cx('size-3.5', index === at && 'animate-spin text-accent', index < at && 'text-accent')}
            />
            {t(step)}
          </li>
        )
      })}
    </ol>
  )
}
