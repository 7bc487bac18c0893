import { PartyPopper } from 'lucide-react'
import { useTranslations } from 'next-intl'
import type { TopicSummary } from '@/lib/contract/catalogue'
import { REVIEW_AFTER_DAYS, REVIEW_ATTEMPTS, type NextStep } from '@/lib/learn/next-for-you'
import { EmptyState } from '../_ui/empty-state'
import { NextList } from './next-list'

/** What to do next, with the rule by which it was chosen. */
export function NextForYou({ steps, topics }: { steps: readonly NextStep[]; topics: readonly TopicSummary[] }) {
  const t = useTranslations('next')
  return (
    <section aria-labelledby="next" className="pt-12">
      <h2 id="next" className="mb-4 text-title font-semibold">
        {t('title')}
      </h2>
      {steps.length > 0 ? (
        <NextList steps={steps} topics={topics} label={t('title')} />
      ) : (
        <EmptyState icon={<PartyPopper />} title={t('done.title')}>{t('done.text')}</EmptyState>
      )}
      <details className="mt-3 max-w-wide text-small text-ink-soft">
        <summary className="w-fit cursor-pointer text-accent">{t('how')}</summary>
        <p className="mt-2">{t('rule', { days: REVIEW_AFTER_DAYS, attempts: REVIEW_ATTEMPTS })}</p>
      </details>
    </section>
  )
}
