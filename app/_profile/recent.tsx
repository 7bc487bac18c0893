import { useLocale, useTranslations } from 'next-intl'
import Link from 'next/link'
import type { ExerciseSummary } from '@/lib/contract/catalogue'
import type { ProfileView } from '@/lib/contract/profile'
import { DifficultyBadge } from '../_ui/difficulty-badge'
import { LocalTime } from '../_ui/local-time'

/** What was passed for the first time, the latest first. */
export function Recent({ recent, exercises }: {
  recent: ProfileView['recent']
  exercises: readonly ExerciseSummary[]
}) {
  const t = useTranslations('profile')
  const locale = useLocale()
  return (
    <section aria-labelledby="recent">
      <h2 id="recent" className="mb-4 text-title font-semibold">
        {t('recent.title')}
      </h2>
      {recent.length === 0 && <p className="text-ui text-ink-soft">{t('recent.none')}</p>}
      <ol>
        {recent.map(({ exercise: slug, passedAt }) => {
          const exercise = exercises.find((each) => each.slug === slug)
          return exercise && (
            <li key={slug} className="flex items-center gap-4 border-b border-line py-2.5 text-ui">
              <Link
                href={`/exercises/${slug}`} prefetch={false}
                className="min-w-0 flex-1 hover:text-accent hover:underline"
              >
                {exercise.title[locale]}
              </Link>
              <DifficultyBadge difficulty={exercise.difficulty} className="max-sm:hidden" />
              <span className="w-28 shrink-0 text-right text-small text-ink-soft">
                <LocalTime at={passedAt} dateOnly />
              </span>
            </li>
          )
        })}
      </ol>
    </section>
  )
}
