import { useLocale, useTranslations } from 'next-intl'
import Link from 'next/link'
import { countIn, type Standing } from './standing'
import { StateStrip } from './state-strip'

const STATES = ['passed', 'tried', 'untouched'] as const

/** Every exercise as one box, a row for each topic: how far one is, at a glance. */
export function TopicMap({ standings }: { standings: readonly Standing[] }) {
  const t = useTranslations('progress')
  const common = useTranslations('common')
  const locale = useLocale()
  return (
    <section aria-labelledby="map" className="pt-10">
      <div className="mb-4 flex flex-wrap items-baseline justify-between gap-x-6 gap-y-2">
        <h2 id="map" className="text-title font-semibold">
          {t('map.title')}
        </h2>
        <p className="flex flex-wrap gap-x-5 gap-y-1">
          {STATES.map((state) => (
            <span key={state} className="flex items-center gap-1.5 text-small text-ink-soft">
              <StateStrip states={[state]} label="" />
              {common(`state.${state}`)}
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
            <Link
              href={`/topics/${topic.slug}`}
              className={
                'min-w-0 flex-1 text-ui leading-5 decoration-accent decoration-2 underline-offset-4 hover:underline'
              }
            >
              {topic.title[locale]}
            </Link>
            <StateStrip
              states={exercises.map(({ progress }) => progress.state)}
              label={t('map.label', {
                topic: topic.title[locale],
                passed: countIn(exercises, 'passed'),
                tried: countIn(exercises, 'tried'),
                untouched: countIn(exercises, 'untouched'),
              })}
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
