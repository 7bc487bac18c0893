'use client'

import { useCallback, useMemo, useRef, useState } from 'react'
import { z } from 'zod'
import type { CatalogueEntry, CatalogueTopic } from './entry'
import { createSearch, createSearchInSteps, type Search, type Searchable } from './search'

/** Answer of GET /api/catalogue/words: words of each prompt by slug. */
const Words = z.record(z.string(), z.string())

/**
 * The search over titles, topics and tags, at once; over the words of the prompts too once `loadWords` was called
 * and has answered. Without the network it stays as it is.
 */
export function useSearch(entries: CatalogueEntry[], topics: CatalogueTopic[]): { search: Search; loadWords(): void } {
  const searchables = useMemo(() => searchablesOf(entries, topics), [entries, topics])
  const quick = useMemo(() => createSearch(searchables), [searchables])
  const [thorough, setThorough] = useState<Search | null>(null)
  const asked = useRef(false)

  const loadWords = useCallback(() => {
    if (asked.current) return
    asked.current = true
    fetchWords()
      .then((words) => createSearchInSteps(searchables.map((each) => ({ ...each, words: words[each.slug] }))))
      .then((search) => setThorough(() => search))
      .catch(() => {
        asked.current = false
      })
  }, [searchables])

  return { search: thorough ?? quick, loadWords }
}

/** What of the catalogue can be searched without the prompts. */
export function searchablesOf(entries: readonly CatalogueEntry[], topics: readonly CatalogueTopic[]): Searchable[] {
  const titles = new Map(topics.map((topic) => [topic.slug, topic.title]))
  return entries.map(({ slug, title, topic, tags }) => ({ slug, title, tags, topicTitle: titles.get(topic) ?? title }))
}

async function fetchWords(): Promise<Record<string, string>> {
  const response = await fetch('/api/catalogue/words')
  if (!response.ok) throw new Error(`words answered ${response.status}`)
  return Words.parse(await response.json())
}
