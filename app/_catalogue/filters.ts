import { DIFFICULTIES } from '@/lib/contract/exercise'
import type { CatalogueEntry } from './entry'

/** What exercises can be filtered by. The names are those of the address. */
export const FACETS = ['topic', 'difficulty', 'state', 'tag'] as const
export type Facet = (typeof FACETS)[number]

/**
 * What the reader looks for: search words and, for each facet, the values of which an exercise must have one. Empty
 * ones ask for nothing.
 */
export type Filters = { q: string } & Record<Facet, readonly string[]>

export const NO_FILTERS: Filters = { q: '', topic: [], difficulty: [], state: [], tag: [] }
export const STATES = ['untouched', 'tried', 'passed'] as const

const LONGEST = 200
const MOST_VALUES = 30

/** Reads the filters of an address; whatever it does not know asks for nothing. */
export function parseFilters(query: Pick<URLSearchParams, 'get' | 'getAll'>): Filters {
  const values = (facet: Facet) => {
    const written = query.getAll(facet).filter((value) => value !== '' && value.length <= LONGEST)
    return [...new Set(written)].slice(0, MOST_VALUES)
  }
  return {
    q: (query.get('q') ?? '').slice(0, LONGEST),
    topic: values('topic'),
    difficulty: values('difficulty').filter((value) => DIFFICULTIES.some((each) => each === value)),
    state: values('state').filter((value) => STATES.some((each) => each === value)),
    tag: values('tag'),
  }
}

/** The query of an address that `parseFilters` reads back; empty, or beginning with a question mark. */
export function filtersToQuery(filters: Filters): string {
  const written = FACETS.flatMap((facet) => filters[facet].map((value) => [facet, value]))
  if (filters.q !== '') written.unshift(['q', filters.q])
  return written.length === 0 ? '' : `?${new URLSearchParams(written)}`
}

/** The same filters with one value of a facet chosen, or no longer chosen. */
export function toggleValue(filters: Filters, facet: Facet, value: string): Filters {
  const chosen = filters[facet]
  const next = chosen.includes(value) ? chosen.filter((each) => each !== value) : [...chosen, value]
  return { ...filters, [facet]: next }
}

/** Whether anything is asked for. */
export function isFiltering(filters: Filters): boolean {
  return filters.q !== '' || FACETS.some((facet) => filters[facet].length > 0)
}

/** Whether an entry has what each facet asks for, except for one facet that may be left aside. */
export function isAskedFor(entry: CatalogueEntry, filters: Filters, aside?: Facet): boolean {
  return FACETS.every((facet) => {
    if (facet === aside || filters[facet].length === 0) return true
    return valuesOf(entry, facet).some((value) => filters[facet].includes(value))
  })
}

/** How many entries each value of a facet would show, with all other facets as they are. */
export function countValues(entries: readonly CatalogueEntry[], filters: Filters, facet: Facet): Map<string, number> {
  const counts = new Map<string, number>()
  for (const entry of entries) {
    if (!isAskedFor(entry, filters, facet)) continue
    for (const value of valuesOf(entry, facet)) counts.set(value, (counts.get(value) ?? 0) + 1)
  }
  return counts
}

function valuesOf(entry: CatalogueEntry, facet: Facet): readonly string[] {
  return facet === 'tag' ? entry.tags : [entry[facet]]
}
