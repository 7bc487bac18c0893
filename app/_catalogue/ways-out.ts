import { FACETS, type Facet, type Filters, NO_FILTERS, toggleValue } from './filters'

/** Filters that ask for a little less than those that found nothing, and how many exercises they show. */
export interface WayOut {
  kind: Facet | 'filters' | 'search' | 'word'
  /** The value that is left out or, with `word`, the only word that is kept. */
  value: string
  filters: Filters
  count: number
}

const MOST = 4

/**
 * What to offer when nothing was found: without one of the filters, without all of them, without the search, or with
 * one of its words alone. Only what shows something, the most first.
 */
export function waysOut(filters: Filters, count: (filters: Filters) => number): WayOut[] {
  const chosen = FACETS.flatMap((facet) => filters[facet].map((value) => ({ facet, value })))
  const words = filters.q.trim().split(/\s+/)
  const less: Omit<WayOut, 'count'>[] = chosen.map(({ facet, value }) => {
    return { kind: facet, value, filters: toggleValue(filters, facet, value) }
  })
  if (filters.q !== '' && chosen.length > 1) {
    less.push({ kind: 'filters', value: '', filters: { ...NO_FILTERS, q: filters.q } })
  }
  if (filters.q !== '' && chosen.length > 0) less.push({ kind: 'search', value: '', filters: { ...filters, q: '' } })
  if (words.length > 1) {
    less.push(...words.map((word) => ({ kind: 'word' as const, value: word, filters: { ...filters, q: word } })))
  }
  return less
    .map((way) => ({ ...way, count: count(way.filters) }))
    .filter((way) => way.count > 0)
    .sort((a, b) => b.count - a.count)
    .slice(0, MOST)
}
