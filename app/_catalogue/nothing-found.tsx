import { SearchX } from 'lucide-react'
import { useTranslations } from 'next-intl'
import { Button } from '../_ui/button'
import { EmptyState } from '../_ui/empty-state'
import type { Filters } from './filters'
import type { WayOut } from './ways-out'

/** Says that nothing matches, and offers what would. `nameOf` gives the words for a value of a filter. */
export function NothingFound({ query, ways, nameOf, onTake, onClear }: {
  query: string
  ways: readonly WayOut[]
  nameOf: (way: WayOut) => string
  onTake: (filters: Filters) => void
  onClear: () => void
}) {
  const t = useTranslations('catalogue.nothing')
  return (
    <EmptyState
      icon={<SearchX />}
      title={query === '' ? t('title') : t('titleFor', { query })}
      action={
        <div className="flex flex-wrap justify-center gap-2">
          {ways.map((way) => (
            <Button
              key={`${way.kind} ${way.value}`}
              onClick={() => onTake(way.filters)}
              className="h-auto! min-h-9 max-w-full py-1 whitespace-normal!"
            >
              <span>{t(`ways.${way.kind}`, { value: nameOf(way) })}</span>
              <span className="text-small text-ink-soft figures">{way.count}</span>
            </Button>
          ))}
          <Button tone={ways.length > 0 ? 'quiet' : 'secondary'} onClick={onClear}>
            {t('all')}
          </Button>
        </div>
      }
    >
      {t(ways.length > 0 ? 'choose' : 'text')}
    </EmptyState>
  )
}
