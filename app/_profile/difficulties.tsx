import { useTranslations } from 'next-intl'
import type { ProfileView } from '@/lib/contract/profile'
import { DifficultyBadge } from '../_ui/difficulty-badge'
import { ProgressBar } from '../_ui/progress-bar'

/** How many exercises of each difficulty are passed. */
export function Difficulties({ difficulties }: { difficulties: ProfileView['difficulties'] }) {
  const t = useTranslations('profile')
  const common = useTranslations('common.difficulty')
  return (
    <section aria-labelledby="difficulties">
      <h2 id="difficulties" className="mb-4 text-title font-semibold">
        {t('difficulties')}
      </h2>
      <ul className="flex flex-col">
        {difficulties.filter(({ total }) => total > 0).map(({ difficulty, passed, total }) => (
          <li key={difficulty} className="flex items-center gap-4 border-b border-line py-2.5">
            <DifficultyBadge difficulty={difficulty} className="w-20 shrink-0" />
            <ProgressBar
              value={passed} of={total} className="flex-1"
              label={t('passedOf', { name: common(difficulty), passed, total })}
            />
            <span className="w-20 shrink-0 text-right text-ui whitespace-nowrap figures">
              {t('of', { passed, total })}
            </span>
          </li>
        ))}
      </ul>
    </section>
  )
}
