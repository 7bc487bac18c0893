import { ArrowRight } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import Link from 'next/link'
import type { TopicSummary } from '@/lib/contract/catalogue'
import type { NextStep } from '@/lib/learn/next-for-you'
import { NextList } from '../_next/next-list'
import { hrefOf, isBegun, Reason } from '../_next/reason'
import { LinkButton } from '../_ui/button'
import { DifficultyBadge } from '../_ui/difficulty-badge'
import { ProgressBar } from '../_ui/progress-bar'

/** Steps that the home page lists after the first one. */
const MORE = 2

/** For those who are signed in: what comes next, and how far they have come. */
export function Resume({ name, steps, topics, passed, total }: {
  name: string
  steps: readonly NextStep[]
  topics: readonly TopicSummary[]
  passed: number
  total: number
}) {
  const t = useTranslations('home')
  const next = useTranslations('next')
  const [step, ...others] = steps
  return (
    <section className="pt-10 pb-12">
      <h1 className="text-display font-[640]">{t('welcome', { name })}</h1>
      <div
        className={
          'mt-6 flex flex-wrap items-center gap-x-10 gap-y-5 rounded-lg border border-line bg-surface p-5 ' +
          'shadow-raised sm:p-6'
        }
      >
        {step ? (
          <First step={step} topics={topics} />
        ) : (
          <p className="min-w-60 flex-1 text-body">{next('done.title')}</p>
        )}
        <div className="w-full border-t border-line pt-4 lg:w-56 lg:border-t-0 lg:border-l lg:py-2 lg:pl-8">
          <p className="text-ui font-medium figures">{t('passedOf', { passed, total })}</p>
          <ProgressBar value={passed} of={total} label={t('allProgress')} className="mt-2" />
        </div>
      </div>
      {others.length > 0 && (
        <div className="mt-8">
          <div className="mb-3 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-1">
            <h2 className="text-ui font-semibold">{next('then')}</h2>
            <Link href="/progress#next" className="text-link text-small">{next('all')}</Link>
          </div>
          <NextList steps={others.slice(0, MORE)} topics={topics} label={next('then')} />
        </div>
      )}
    </section>
  )
}

function First({ step, topics }: { step: NextStep; topics: readonly TopicSummary[] }) {
  const t = useTranslations('home')
  const common = useTranslations('common')
  const locale = useLocale()
  const { exercise } = step
  return (
    <>
      <div className="min-w-60 flex-1">
        <p className="text-ui text-ink-soft">
          <Reason step={step} topics={topics} />
        </p>
        <p className="mt-1 text-title font-semibold">{exercise.title[locale]}</p>
        <p className="mt-1.5 flex items-center gap-4 text-small text-ink-soft">
          <DifficultyBadge difficulty={exercise.difficulty} />
          <span className="figures">{common('minutes', { minutes: exercise.minutes })}</span>
        </p>
      </div>
      <LinkButton href={hrefOf(step)} tone="primary" size="large">
        {t(isBegun(step.reason) ? 'continue' : 'begin')}
        <ArrowRight aria-hidden />
      </LinkButton>
    </>
  )
}
