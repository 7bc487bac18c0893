import { useLocale, useTranslations } from 'next-intl'
import Link from 'next/link'
import type { TopicSummary } from '@/lib/contract/catalogue'
import type { NextStep } from '@/lib/learn/next-for-you'
import { DifficultyBadge } from '../_ui/difficulty-badge'
import { hrefOf, Reason } from './reason'

/** The next steps in their order, each with its reason. */
export function NextList({ steps, topics, label }: {
  steps: readonly NextStep[]
  topics: readonly TopicSummary[]
  label: string
}) {
  const common = useTranslations('common')
  const locale = useLocale()
  return (
    <ol aria-label={label} className="border-t border-line">
      {steps.map((step) => (
        <li
          key={step.exercise.slug}
          className="flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1 border-b border-line py-3"
        >
          <div className="min-w-0 flex-1 basis-72">
            <Link
              href={hrefOf(step)} prefetch={false} className="text-ui font-medium hover:text-accent hover:underline"
            >
              {step.exercise.title[locale]}
            </Link>
            <p className="text-small text-ink-soft">
              <Reason step={step} topics={topics} />
            </p>
          </div>
          <p className="flex items-center gap-4 text-small text-ink-soft">
            <DifficultyBadge difficulty={step.exercise.difficulty} />
            <span className="w-14 text-right figures">{common('minutes', { minutes: step.exercise.minutes })}</span>
          </p>
        </li>
      ))}
    </ol>
  )
}
