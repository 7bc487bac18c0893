import type { CatalogueEntry } from './entry'
import { type Filters, isAskedFor } from './filters'
import type { Hit, Search } from './search/create-search'

/** An exercise, and what the search found in it. */
export interface Found {
  entry: CatalogueEntry
  hit: Hit
}

/** What search words leave, the best first; null when there are no words, which leave everything as it is. */
export function findByWords(entries: readonly CatalogueEntry[], q: string, search: Search): Found[] | null {
  if (q.trim() === '') return null
  const bySlug = new Map(entries.map((entry) => [entry.slug, entry]))
  return search(q).flatMap((hit) => {
    const entry = bySlug.get(hit.slug)
    return entry ? [{ entry, hit }] : []
  })
}

/** How many exercises some filters show. */
export function countFound(entries: readonly CatalogueEntry[], filters: Filters, search: Search): number {
  const left = findByWords(entries, filters.q, search)?.map(({ entry }) => entry) ?? entries
  return left.filter((entry) => isAskedFor(entry, filters)).length
}
