import { Medal } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import Link from 'next/link'
import type { TopicBadge } from '@/lib/contract/profile'
import { LocalTime } from '../_ui/local-time'
import type { ExerciseState } from '../_ui/state-mark'
import { countIn, type Standing } from './standing'
import { StateStrip } from './state-strip'

/** Every exercise as one box, a row for each topic, with the date of its first pass and of its last one. */
export function TopicMap({ standings, badges, states }: {
  standings: readonly Standing[]
  badges: readonly TopicBadge[]
  /** Those that the boxes can show. */
  states: readonly ExerciseState[]
}) {
  const t = useTranslations('profile.map')
  const common = useTranslations('common')
  const locale = useLocale()
  return (
    <section aria-labelledby="map" className="pt-12">
      <div className="mb-4 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <h2 id="map" className="text-title font-semibold">
          {t('title')}
        </h2>
        <p className="flex flex-wrap gap-x-5 gap-y-1">
          {states.map((state) => (
            <span key={state} className="flex items-center gap-1.5 text-small text-ink-soft">
              <StateStrip states={[state]} label="" />
              {states.includes('tried') || state === 'passed' ? common(`state.${state}`) : t('open')}
            </span>
          ))}
        </p>
      </div>
      <ul className="gap-x-12 md:columns-2">
        {standings.map(({ topic, number, exercises }) => (
          <li key={topic.slug} className="flex break-inside-avoid items-center gap-3 border-b border-line py-2.5">
            <span aria-hidden className="w-6 shrink-0 font-mono text-small text-ink-faint figures">
              {String(number).padStart(2, '0')}
            </span>
            <div className="min-w-0 flex-1">
              <Link
                href={`/topics/${topic.slug}`}
                className="text-ui leading-5 decoration-accent decoration-2 underline-offset-4 hover:underline"
              >
                {topic.title[locale]}
              </Link>
              <Reached badge={badges.find((badge) => badge.topic === topic.slug)} />
            </div>
            <StateStrip
              states={exercises.map(({ state }) => state)}
              label={t(states.includes('tried') ? 'label' : 'labelPublic', {
                topic: topic.title[locale],
                passed: countIn(exercises, 'passed'),
                tried: countIn(exercises, 'tried'),
                untouched: countIn(exercises, 'untouched'),
                total: exercises.length,
              })}
            />
          </li>
        ))}
      </ul>
      <p className="mt-4 max-w-wide text-small text-ink-soft">{t('rule')}</p>
    </section>
  )
}

function Reached({ badge }: { badge: TopicBadge | undefined }) {
  const t = useTranslations('profile.map')
  if (!badge?.firstPassAt) return null
  return (
    <p className="flex items-center gap-1.5 text-small text-ink-soft">
      {badge.completeAt && <Medal aria-hidden className="size-4 shrink-0 text-accent" />}
      <span>
        {t(badge.completeAt ? 'complete' : 'begun')} <LocalTime at={badge.completeAt ?? badge.firstPassAt} dateOnly />
      </span>
    </p>
  )
}
