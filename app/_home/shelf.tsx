import { useTranslations } from 'next-intl'
import Link from 'next/link'
import { DIFFICULTIES } from '@/lib/contract/exercise'
import { type CatalogueEntry, type CatalogueTopic, groupByTopic } from '../_catalogue/entry'
import { filtersToQuery, NO_FILTERS } from '../_catalogue/filters'
import { TopicGroup } from '../_catalogue/topic-group'
import { DifficultyBars } from '../_ui/difficulty-badge'
import { SearchLink } from './search-link'

/** All topics with their exercises, and the ways into the catalogue, where one searches and filters. */
export function Shelf({ topics, entries, signedIn }: {
  topics: readonly CatalogueTopic[]
  entries: readonly CatalogueEntry[]
  signedIn: boolean
}) {
  const t = useTranslations('home')
  const common = useTranslations('common.difficulty')
  const levels = DIFFICULTIES.map((difficulty) => {
    return { difficulty, count: entries.filter((entry) => entry.difficulty === difficulty).length }
  })
  return (
    <section id="exercises" aria-labelledby="exercises-title">
      <h2 id="exercises-title" className="mb-4 text-title font-semibold">
        {t('exercises')}
      </h2>
      <div className="mb-8 flex flex-wrap items-center gap-2">
        <SearchLink count={entries.length} />
        {levels.filter(({ count }) => count > 0).map(({ difficulty, count }) => (
          <Link
            key={difficulty}
            href={`/exercises${filtersToQuery({ ...NO_FILTERS, difficulty: [difficulty] })}`}
            className={
              'inline-flex h-9 items-center gap-1.5 rounded-full border border-line-strong px-3 text-ui text-ink ' +
              'hover:bg-sunken'
            }
          >
            <DifficultyBars difficulty={difficulty} />
            {common(difficulty)}
            <span className="text-small text-ink-faint figures">{count}</span>
          </Link>
        ))}
      </div>
      {groupByTopic(topics, entries).map(({ topic, entries: own }) => (
        <TopicGroup key={topic.slug} topic={topic} entries={own} signedIn={signedIn} />
      ))}
    </section>
  )
}
