import { ArrowRight } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import type { TopicSummary } from '@/lib/contract/catalogue'
import { LinkButton } from '../_ui/button'
import { DifficultyBadge } from '../_ui/difficulty-badge'
import { ProgressBar } from '../_ui/progress-bar'
import type { NextStep } from './next-step'

/** For those who are signed in: where they left, and how far they have come. */
export function Resume({ name, step, topics, passed, total }: {
  name: string
  step: NextStep | null
  topics: readonly TopicSummary[]
  passed: number
  total: number
}) {
  const t = useTranslations('home')
  const common = useTranslations('common')
  const locale = useLocale()
  const topic = topics.find((each) => each.slug === step?.exercise.topic)?.title[locale] ?? ''
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
          <>
            <div className="min-w-60 flex-1">
              <p className="text-ui text-ink-soft">{t(`resume.${step.reason}`, { topic })}</p>
              <p className="mt-1 text-title font-semibold">{step.exercise.title[locale]}</p>
              <p className="mt-1.5 flex items-center gap-4 text-small text-ink-soft">
                <DifficultyBadge difficulty={step.exercise.difficulty} />
                <span className="figures">{common('minutes', { minutes: step.exercise.minutes })}</span>
                {step.reason !== 'next' && <span>{topic}</span>}
              </p>
            </div>
            <LinkButton href={`/exercises/${step.exercise.slug}`} tone="primary" size="large">
              {t(step.reason === 'tried' ? 'continue' : 'begin')}
              <ArrowRight aria-hidden />
            </LinkButton>
          </>
        ) : (
          <p className="min-w-60 flex-1 text-body">{t('resume.done')}</p>
        )}
        <div className="w-full border-t border-line pt-4 lg:w-56 lg:border-t-0 lg:border-l lg:py-2 lg:pl-8">
          <p className="text-ui font-medium figures">{t('passedOf', { passed, total })}</p>
          <ProgressBar value={passed} of={total} label={t('allProgress')} className="mt-2" />
        </div>
      </div>
    </section>
  )
}
