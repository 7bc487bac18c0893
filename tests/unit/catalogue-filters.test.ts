import { describe, expect, it } from 'vitest'
import type { CatalogueEntry } from '@/app/_catalogue/entry'
import { filtersToQuery, isAskedFor, NO_FILTERS, parseFilters } from '@/app/_catalogue/filters'

const entry: CatalogueEntry = {
  slug: 'lru-cache',
  topic: 'caches-and-eviction',
  title: { en: 'LRU', zh: 'LRU' },
  difficulty: 'medium',
  minutes: 40,
  tags: ['cache', 'eviction'],
  state: 'tried',
}

describe('filters of the catalogue', () => {
  it('survive the way through the address', () => {
    const filters = { q: 'a&b =缓存', topic: 'caches-and-eviction', difficulty: 'hard', state: 'passed', tag: 'cache' }
    const query = Object.fromEntries(new URLSearchParams(filtersToQuery(filters)))
    expect(parseFilters(query)).toEqual(filters)
  })

  it('leave the address bare when nothing is asked for', () => {
    expect(filtersToQuery(NO_FILTERS)).toBe('')
  })

  it('ignore what the address says wrongly', () => {
    expect(parseFilters({ difficulty: 'impossible', state: 'x', q: ['a', 'b'], other: '1' })).toEqual(NO_FILTERS)
  })

  it('cut a search that is too long', () => {
    expect(parseFilters({ q: 'x'.repeat(5000) }).q).toHaveLength(200)
  })

  it.each([
    ['topic', 'caches-and-eviction', 'queues-and-timers'],
    ['difficulty', 'medium', 'easy'],
    ['state', 'tried', 'passed'],
    ['tag', 'eviction', 'queue'],
  ] as const)('keep and leave out by %s', (name, fits, fitsNot) => {
    expect(isAskedFor(entry, { ...NO_FILTERS, [name]: fits })).toBe(true)
    expect(isAskedFor(entry, { ...NO_FILTERS, [name]: fitsNot })).toBe(false)
  })
})
