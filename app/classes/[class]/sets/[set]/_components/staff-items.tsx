import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { Badge } from '../../../../../_ui/badge'
import { DifficultyBadge } from '../../../../../_ui/difficulty-badge'
import type { ListedItem } from '../../_components/listed-item'

/** The exercises of a set in order, with what each is worth. */
export function StaffItems({ items }: { items: ListedItem[] }) {
  const t = useTranslations('sets')
  const common = useTranslations('common')
  if (items.length === 0) return <p className="text-ui text-ink-soft">{t('noExercises')}</p>
  return (
    <ol className="border-t border-line">
      {items.map((item, index) => (
        <li
          key={item.id}
          className="grid grid-cols-[2rem_minmax(0,1fr)_auto] items-center gap-x-3 border-b border-line py-2.5"
        >
          <span className="text-right text-ui text-ink-faint figures">{index + 1}</span>
          <span className="flex min-w-0 flex-wrap items-center gap-x-3 gap-y-1">
            {item.difficulty ? (
              <>
                <Link
                  href={`/exercises/${item.exercise}`} prefetch={false}
                  className="font-medium break-words hover:text-accent"
                >
                  {item.title}
                </Link>
                <DifficultyBadge difficulty={item.difficulty} />
              </>
            ) : (
              <span className="text-ink-soft">{t('gone', { exercise: item.title })}</span>
            )}
            {item.kind !== 'required' && <Badge>{t(`kind.${item.kind}`)}</Badge>}
          </span>
          <span className="text-ui whitespace-nowrap figures">{common('points', { points: item.points })}</span>
        </li>
      ))}
    </ol>
  )
}
