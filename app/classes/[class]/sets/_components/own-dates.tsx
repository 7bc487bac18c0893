import { useTranslations } from 'next-intl'
import type { SetView } from '@/lib/contract/problem-set'
import { cx } from '../../../../_ui/cx'
import { LocalTime } from '../../../../_ui/local-time'

/** The dates of a set in the reader's own time zone. */
export function OwnDates({ set, className }: {
  set: Pick<SetView, 'opensAt' | 'dueAt' | 'closesAt'>
  className?: string
}) {
  const t = useTranslations('sets.dates')
  return (
    <dl className={cx('grid grid-cols-1 gap-x-8 gap-y-1 text-small text-ink-soft sm:flex sm:flex-wrap', className)}>
      {(['opensAt', 'dueAt', 'closesAt'] as const).map((name) => (
        <div key={name} className="flex gap-2">
          <dt>{t(name)}</dt>
          <dd className="min-w-[11em] font-medium text-ink">
            <LocalTime at={set[name]} />
          </dd>
        </div>
      ))}
    </dl>
  )
}
