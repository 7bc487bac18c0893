'use client'

import { SearchX, X } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { useEffect, useMemo, useRef, useState } from 'react'
import { Button } from '../_ui/button'
import { EmptyState } from '../_ui/empty-state'
import type { CatalogueEntry, CatalogueTopic } from './entry'
import { ExerciseRow } from './exercise-row'
import { FilterBar } from './filter-bar'
import { type Filters, filtersToQuery, isAskedFor, NO_FILTERS } from './filters'
import { TopicGroup } from './topic-group'
import { useRowKeys } from './use-row-keys'
import { useSearch } from './use-search'

/**
 * All exercises, with search and filters that answer while one types. What is asked for stands in the address, so
 * that going back, reloading and sharing keep it.
 */
export function Catalogue({ topics, entries, initial, signedIn }: {
  topics: CatalogueTopic[]
  entries: CatalogueEntry[]
  initial: Filters
  signedIn: boolean
}) {
  const t = useTranslations('home')
  const locale = useLocale()
  const [filters, setFilters] = useState(initial)
  const searchRef = useRef<HTMLInputElement>(null)
  const listRef = useRef<HTMLDivElement>(null)
  const { search, loadWords } = useSearch(entries, topics)
  const { onSearchKey, onListKey } = useRowKeys(listRef, searchRef)
  const tags = useMemo(() => [...new Set(entries.flatMap((entry) => entry.tags))].sort(), [entries])
  const active = Object.values(filters).some((value) => value !== '')
  const searching = filters.q.trim() !== ''

  useEffect(() => {
    if (initial.q !== '') loadWords()
  }, [initial.q, loadWords])

  function change(next: Filters) {
    setFilters(next)
    window.history.replaceState(null, '', `${window.location.pathname}${filtersToQuery(next)}`)
  }

  function clear() {
    change(NO_FILTERS)
    searchRef.current?.focus()
  }

  const shown = useMemo(() => {
    const asked = entries.filter((entry) => isAskedFor(entry, filters))
    if (filters.q.trim() === '') return asked
    const rank = new Map(search(filters.q).map((slug, index) => [slug, index]))
    const rankOf = (entry: CatalogueEntry) => rank.get(entry.slug) ?? Infinity
    return asked.filter((entry) => rank.has(entry.slug)).sort((a, b) => rankOf(a) - rankOf(b))
  }, [entries, filters, search])

  return (
    <section id="catalogue" aria-labelledby="catalogue-title">
      <div className="mb-4 flex min-h-8 items-center justify-between gap-x-4">
        <h2 id="catalogue-title" className="text-title font-semibold">
          {t('catalogue')}
        </h2>
        <div className="flex items-center gap-2">
          <Button size="small" tone="quiet" onClick={clear} className={active ? undefined : 'invisible'}>
            <X aria-hidden />
            {t('filters.clear')}
          </Button>
          <p role="status" className="text-ui text-ink-soft figures">
            {t('count', { shown: shown.length, total: entries.length })}
          </p>
        </div>
      </div>
      <FilterBar
        filters={filters}
        topics={topics}
        tags={tags}
        signedIn={signedIn}
        searchRef={searchRef}
        onChange={(some) => change({ ...filters, ...some })}
        onFocus={loadWords}
        onKeyDown={onSearchKey}
      />
      <div ref={listRef} onKeyDown={onListKey} className="mt-6 min-h-[60vh]">
        {shown.length === 0 && (
          <EmptyState
            icon={<SearchX />}
            title={t('nothing.title')}
            action={<Button onClick={clear}>{t('nothing.action')}</Button>}
          >
            {t('nothing.text')}
          </EmptyState>
        )}
        {searching && shown.length > 0 ? (
          <ul className="border-t border-line pt-2">
            {shown.map((entry) => (
              <li key={entry.slug}>
                <ExerciseRow
                  {...entry}
                  title={entry.title[locale]}
                  state={signedIn ? entry.state : null}
                  context={topics.find((topic) => topic.slug === entry.topic)?.title[locale]}
                />
              </li>
            ))}
          </ul>
        ) : (
          topics.map((topic) => {
            const some = shown.filter((entry) => entry.topic === topic.slug)
            const all = entries.filter((entry) => entry.topic === topic.slug)
            if (some.length === 0) return null
            return <TopicGroup key={topic.slug} topic={topic} entries={some} all={all} signedIn={signedIn} />
          })
        )}
      </div>
    </section>
  )
}
