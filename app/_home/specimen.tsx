import { CircleDashed } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import type { ExercisePage } from '@/lib/contract/catalogue'
import { Code } from '../_ui/markdown/code'

const LINES = 15

/** A real exercise at a glance: what one types on top, what will be checked below. */
export function Specimen({ exercise }: { exercise: ExercisePage }) {
  const t = useTranslations('home.specimen')
  const common = useTranslations('common')
  const locale = useLocale()
  const title = exercise.title[locale]
  return (
    <figure
      aria-label={t('label', { title })}
      className="min-w-0 overflow-hidden rounded-lg border border-line bg-surface shadow-raised max-sm:hidden"
    >
      <figcaption className="flex items-center justify-between border-b border-line px-4 py-2.5 text-small">
        <span className="font-mono text-ink-soft">solution.ts</span>
        <span className="text-ink-faint">{title}</span>
      </figcaption>
      <div className="specimen relative h-[18.5rem] overflow-hidden">
        <Code source={firstLines(exercise.starter)} numbered />
      </div>
      <div className="border-t border-line px-4 py-3.5">
        <p className="text-small font-medium text-ink-soft">{t('checks')}</p>
        <ul className="mt-2 flex flex-col gap-1.5">
          {exercise.groups.slice(0, 4).map((group) => (
            <li key={group.title} className="flex items-start gap-2.5 text-ui">
              <CircleDashed aria-hidden className="mt-0.5 size-4 shrink-0 text-ink-faint" />
              <span className="min-w-0 flex-1 text-pretty text-ink">
                {group.about[locale]}
              </span>
              <span className="text-small text-ink-soft figures">{common('points', { points: group.points })}</span>
            </li>
          ))}
        </ul>
      </div>
    </figure>
  )
}

function firstLines(source: string): string {
  return source.split('\n').slice(0, LINES).join('\n')
}
