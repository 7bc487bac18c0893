'use client'

import { useCallback, useEffect, useMemo, useRef, useState } from 'react'
import { z } from 'zod'
import { Localized } from '@/lib/contract/localized'
import { whenIdle } from '../_shell/when-idle'
import type { CatalogueEntry, CatalogueTopic } from './entry'
import { createSearch, createSearchInSteps, type Search, type Searchable } from './search/create-search'

/** Answer of GET /api/catalogue/prompts: plain text of each prompt by slug. */
const Prompts = z.record(z.string(), Localized)

/** The search, over whatever of the exercises is there by now. */
export interface CatalogueSearch {
  search: Search
  /** What is searched, by slug. */
  searchables: ReadonlyMap<string, Searchable>
  /** Whether the prompts are still on their way. */
  loading: boolean
  /** Asks for the prompts, unless they are here or were asked for. */
  load(): void
}

/**
 * The search over titles, topics and tags, at once, and over the prompts too as soon as they have come: when the page
 * has nothing better to do, or when `load` is called. Without the network it stays as it is.
 *
 * @param version of the prompts
 */
export function useSearch(entries: CatalogueEntry[], topics: CatalogueTopic[], version: string): CatalogueSearch {
  const bare = useMemo(() => searchablesOf(entries, topics), [entries, topics])
  const quick = useMemo(() => buildOnUse(bare), [bare])
  const [full, setFull] = useState<{ of: Searchable[]; with: Searchable[]; search: Search } | null>(null)
  const [loading, setLoading] = useState(false)
  const asked = useRef<Searchable[] | null>(null)

  const load = useCallback(() => {
    if (asked.current === bare) return
    asked.current = bare
    setLoading(true)
    loadFull(bare, version)
      .then((found) => setFull({ of: bare, ...found }))
      .catch(() => {
        asked.current = null
      })
      .finally(() => setLoading(false))
  }, [bare, version])

  useEffect(() => whenIdle(load), [load])

  const ready = full?.of === bare ? full : null
  const searchables = useMemo(() => bySlug(ready?.with ?? bare), [ready, bare])
  return { search: ready?.search ?? quick, searchables, loading, load }
}

/** What of the catalogue can be searched without the prompts. */
export function searchablesOf(entries: readonly CatalogueEntry[], topics: readonly CatalogueTopic[]): Searchable[] {
  const titles = new Map(topics.map((topic) => [topic.slug, topic.title]))
  return entries.map(({ slug, title, topic, tags }) => ({ slug, title, tags, topicTitle: titles.get(topic) ?? title }))
}

/** Most readers only look around: the index is made for the first one who types. */
function buildOnUse(searchables: readonly Searchable[]): Search {
  let search: Search | undefined
  return (query) => (search ??= createSearch(searchables))(query)
}

async function loadFull(bare: readonly Searchable[], version: string) {
  const response = await fetch(`/api/catalogue/prompts?${new URLSearchParams({ version })}`)
  if (!response.ok) throw new Error(`The prompts answered ${response.status}`)
  const prompts = Prompts.parse(await response.json())
  const searchables = bare.map((each) => ({ ...each, prompt: prompts[each.slug] }))
  return { with: searchables, search: await createSearchInSteps(searchables) }
}

function bySlug(searchables: readonly Searchable[]): ReadonlyMap<string, Searchable> {
  return new Map(searchables.map((each) => [each.slug, each]))
}
