import { useLocale, useTranslations } from 'next-intl'
import type { ExercisePage } from '@/lib/contract/catalogue'
import { runLimitMs } from '../_state/limits'

/** What Submit grades: the groups of hidden tests with their points, and the limits. */
export function GradedGroups({ groups, limits }: Pick<ExercisePage, 'groups' | 'limits'>) {
  const t = useTranslations('workspace.tests')
  const common = useTranslations('common')
  const locale = useLocale()
  return (
    <section className="mb-8">
      <h2 className="text-body font-semibold">{t('graded')}</h2>
      <p className="mt-1 text-ui text-ink-soft">{t('gradedText')}</p>
      <ul className="mt-3 divide-y divide-line border-y border-line">
        {groups.map((group) => (
          <li key={group.title} className="flex items-baseline justify-between gap-4 py-2">
            <span className="min-w-0">
              <span className="text-ui font-medium">{group.title}</span>
              <span className="block text-small text-ink-soft">{group.about[locale]}</span>
            </span>
            <span className="text-ui whitespace-nowrap figures">{common('points', { points: group.points })}</span>
          </li>
        ))}
      </ul>
      <p className="mt-3 text-small text-ink-soft figures">
        {t('limits', {
          seconds: limits.wallMs / 1_000,
          memory: limits.memoryMiB,
          runSeconds: runLimitMs(limits) / 1_000,
        })}
      </p>
    </section>
  )
}
