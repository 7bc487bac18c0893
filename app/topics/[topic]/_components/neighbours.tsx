import { ArrowLeft, ArrowRight } from 'lucide-react'
import { useTranslations } from 'next-intl'
import Link from 'next/link'
import type { ReactNode } from 'react'
import type { TopicSummary } from '@/lib/contract/catalogue'
import type { Locale } from '@/lib/contract/localized'
import { cx } from '../../../_ui/cx'

/** Ways on from the end of a note. */
export function Neighbours({ previous, next, locale }: {
  previous: TopicSummary | null
  next: TopicSummary | null
  locale: Locale
}) {
  const t = useTranslations('topics')
  if (!previous && !next) return null
  return (
    <nav aria-label={t('neighbours')} className="mt-12 grid gap-3 sm:grid-cols-2">
      {previous && (
        <Neighbour topic={previous} label={t('previous')} icon={<ArrowLeft aria-hidden />} locale={locale} />
      )}
      {next && (
        <Neighbour
          topic={next}
          label={t('next')}
          icon={<ArrowRight aria-hidden />}
          locale={locale}
          className="flex-row-reverse text-right sm:col-start-2"
        />
      )}
    </nav>
  )
}

function Neighbour({ topic, label, icon, locale, className }: {
  topic: TopicSummary
  label: string
  icon: ReactNode
  locale: Locale
  className?: string
}) {
  return (
    <Link
      href={`/topics/${topic.slug}`}
      className={cx(
        'flex items-center gap-3 rounded-md border border-line px-4 py-3 transition-colors hover:border-line-strong',
        'hover:bg-surface [&_svg]:size-4 [&_svg]:shrink-0 [&_svg]:text-ink-soft',
        className,
      )}
    >
      {icon}
      <span className="min-w-0 flex-1">
        <span className="block text-small text-ink-soft">{label}</span>
        <span className="block text-ui font-medium text-ink">{topic.title[locale]}</span>
      </span>
    </Link>
  )
}
