import { ArrowRight } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import type { ExercisePage } from '@/lib/contract/catalogue'
import { LinkButton } from '../_ui/button'
import { Specimen } from './specimen'

/** For those who see the site for the first time: what it is, and a first exercise one click away. */
export function Hero({ first, exercises, topics }: { first: ExercisePage; exercises: number; topics: number }) {
  const t = useTranslations('home')
  const common = useTranslations('common')
  const locale = useLocale()
  return (
    <section className="grid items-center gap-x-14 gap-y-10 pt-12 pb-16 sm:pt-16 lg:grid-cols-[1fr_30rem]">
      <div>
        <h1 className="max-w-[18ch] text-display font-[640] text-balance zh:max-w-none">{common('tagline')}</h1>
        <p className="mt-5 max-w-[34rem] text-body text-ink-soft">{t('lead')}</p>
        <div className="mt-8 flex flex-wrap gap-3">
          <LinkButton
            href={`/exercises/${first.slug}`}
            tone="primary"
            size="large"
            className="h-auto! min-h-11 py-2 whitespace-normal!"
          >
            {t('startWith', { title: first.title[locale] })}
            <ArrowRight aria-hidden />
          </LinkButton>
          <LinkButton href="/topics" size="large">
            {t('allTopics')}
          </LinkButton>
        </div>
        <p className="mt-4 text-small text-ink-soft">
          {t('scale', { exercises, topics })} · {t('noAccount')}
        </p>
      </div>
      <Specimen exercise={first} />
    </section>
  )
}
