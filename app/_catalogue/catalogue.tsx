'use client'

import { X } from 'lucide-react'
import { useLocale, useTranslations } from 'next-intl'
import { useCallback, useDeferredValue, useEffect, useMemo, useRef } from 'react'
import { Button } from '../_ui/button'
import { Announcer } from './announcer'
import { ChosenValue } from './chosen-value'
import { type CatalogueEntry, type CatalogueTopic, groupByTopic } from './entry'
import { FilterBar } from './filter-bar'
import { type Filters, isAskedFor, isFiltering, NO_FILTERS, toggleValue } from './filters'
import { countFound, findByWords } from './find'
import { NothingFound } from './nothing-found'
import { Results } from './results'
import { SearchField } from './search-field'
import { Shortcuts } from './shortcuts'
import { useSlashKey } from './slash-key'
import { TopicGroup } from './topic-group'
import { useFilters } from './use-filters'
import { useRowKeys } from './use-row-keys'
import { useSearch } from './use-search'
import { type WayOut, waysOut } from './ways-out'

/** All exercises, with a search and filters that answer while one types. */
export function Catalogue({ topics, entries, promptsVersion, signedIn }: {
  topics: CatalogueTopic[]
  entries: CatalogueEntry[]
  promptsVersion: string
  signedIn: boolean
}) {
  const t = useTranslations('catalogue')
  const common = useTranslations('common')
  const locale = useLocale()
  const { filters: written, change, type, settle } = useFilters()
  const filters = useMemo(() => (signedIn ? written : { ...written, state: NO_FILTERS.state }), [written, signedIn])
  const { search, searchables, loading, load } = useSearch(entries, topics, promptsVersion)
  const searchRef = useRef<HTMLInputElement>(null)
  const listRef = useRef<HTMLDivElement>(null)

  const focusSearch = useCallback(() => {
    searchRef.current?.focus()
    searchRef.current?.select()
  }, [])
  useSlashKey(focusSearch)
  useEffect(() => {
    if (window.location.hash === '#search') focusSearch()
  }, [focusSearch])

  // The field shows each letter at once; drawing the list may take its time and is begun anew with the next letter.
  const asked = useDeferredValue(filters)
  const { onSearchKey, onListKey } = useRowKeys(listRef, searchRef, asked === filters)
  const found = useMemo(() => findByWords(entries, asked.q, search), [entries, asked.q, search])
  const left = useMemo(() => found?.map(({ entry }) => entry) ?? entries, [found, entries])
  const results = useMemo(() => found?.filter(({ entry }) => isAskedFor(entry, asked)) ?? null, [found, asked])
  const browsed = useBrowsed(entries, asked)
  const groups = useMemo(() => groupByTopic(topics, entries), [topics, entries])
  const tags = useMemo(() => [...new Set(entries.flatMap((entry) => entry.tags))].sort(), [entries])
  const shown = results?.length ?? browsed.size

  function clear() {
    change(NO_FILTERS)
    searchRef.current?.focus()
  }

  function nameOf({ kind, value }: Pick<WayOut, 'kind' | 'value'>): string {
    if (kind === 'topic') return topics.find((topic) => topic.slug === value)?.title[locale] ?? value
    if (kind === 'difficulty') return common(`difficulty.${value}` as 'difficulty.easy')
    return kind === 'state' ? common(`state.${value}` as 'state.passed') : value
  }

  const remove = (facet: 'topic' | 'tag') => filters[facet].map((value) => (
    <ChosenValue
      key={`${facet} ${value}`}
      label={nameOf({ kind: facet, value })}
      onRemove={() => change(toggleValue(filters, facet, value))}
    />
  ))
  const count = shown === entries.length
    ? t('countAll', { total: entries.length })
    : t('count', { shown, total: entries.length })
  return (
    <>
      <FilterBar
        filters={filters}
        topics={topics}
        tags={tags}
        found={left}
        signedIn={signedIn}
        onChange={change}
      >
        <SearchField
          value={filters.q}
          inputRef={searchRef}
          onType={(q) => type({ ...filters, q })}
          onFocus={load}
          onBlur={settle}
          onKeyDown={onSearchKey}
        />
      </FilterBar>
      <div className="mt-5 mb-2 flex min-h-9 flex-wrap items-center gap-x-4 gap-y-2">
        <h2 className="text-ui text-ink-soft figures">{count}</h2>
        <Announcer text={count} />
        <div className="flex min-w-0 flex-wrap gap-2">
          {remove('topic')}
          {remove('tag')}
        </div>
        {isFiltering(filters) && (
          <Button size="small" tone="quiet" onClick={clear}>
            <X aria-hidden />
            {t('filters.clear')}
          </Button>
        )}
        <div className="ml-auto">
          <Shortcuts />
        </div>
      </div>
      <div ref={listRef} onKeyDown={onListKey} className="min-h-[60vh]">
        <div hidden={results !== null}>
          {groups.map(({ topic, entries: own }) => (
            <TopicGroup key={topic.slug} topic={topic} entries={own} shown={browsed} signedIn={signedIn} />
          ))}
        </div>
        {shown > 0 ? (
          results && <Results query={asked.q} found={results} searchables={searchables} signedIn={signedIn} />
        ) : results && loading ? (
          <p className="border-t border-line pt-6 text-ui text-ink-soft">{t('loading')}</p>
        ) : (
          <NothingFound
            query={asked.q.trim()}
            ways={waysOut(asked, (less: Filters) => countFound(entries, less, search))}
            nameOf={nameOf}
            onTake={change}
            onClear={clear}
          />
        )}
      </div>
    </>
  )
}

/** What the facets alone leave. The same set while only the search changes, so that what shows it is not drawn again. */
function useBrowsed(entries: readonly CatalogueEntry[], { topic, difficulty, state, tag }: Filters): ReadonlySet<string> {
  return useMemo(() => {
    const filters = { q: '', topic, difficulty, state, tag }
    return new Set(entries.filter((entry) => isAskedFor(entry, filters)).map(({ slug }) => slug))
  }, [entries, topic, difficulty, state, tag])
}
