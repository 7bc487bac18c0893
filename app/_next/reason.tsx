import { useLocale, useTranslations } from 'next-intl'
import Link from 'next/link'
import type { TopicSummary } from '@/lib/contract/catalogue'
import type { NextReason, NextStep } from '@/lib/learn/next-for-you'
import { LocalTime } from '../_ui/local-time'

/** Why a step comes next, in words. */
export function Reason({ step, topics }: { step: NextStep; topics: readonly TopicSummary[] }) {
  const t = useTranslations('next.reason')
  const locale = useLocale()
  const topic = topics.find(({ slug }) => slug === step.exercise.topic)?.title[locale] ?? ''
  const { reason } = step
  switch (reason.kind) {
    case 'set':
      return t.rich(reason.late ? 'late' : 'set', {
        title: reason.set.title,
        set: (words) => (
          <Link href={`/classes/${reason.set.classId}/sets/${reason.set.id}`} prefetch={false} className="text-link">
            {words}
          </Link>
        ),
        due: () => <LocalTime at={reason.dueAt} />,
        closes: () => <LocalTime at={reason.closesAt} />,
      })
    case 'tried':
      return t('tried', { attempts: reason.attempts })
    case 'review':
      return t.rich('review', {
        attempts: reason.attempts,
        last: () => <LocalTime at={reason.lastAt} dateOnly />,
      })
    default:
      return t(reason.kind, { topic })
  }
}

/** Where a step leads: an exercise of a set opens as part of it. */
export function hrefOf({ exercise, reason }: NextStep): string {
  return reason.kind === 'set' ? `/exercises/${exercise.slug}?set=${reason.set.id}` : `/exercises/${exercise.slug}`
}

/** Whether the reader has worked on it already. */
export function isBegun({ kind }: NextReason): boolean {
  return kind === 'tried' || kind === 'review'
}
