import { describe, expect, it } from 'vitest'
import type { CatalogueEntry } from '@/app/_catalogue/entry'
import { countValues, filtersToQuery, isAskedFor, isFiltering, NO_FILTERS, parseFilters, toggleValue } from '@/app/_catalogue/filters'
import { waysOut } from '@/app/_catalogue/ways-out'

const entry = (slug: string, some: Partial<CatalogueEntry> = {}): CatalogueEntry => ({
  slug,
  topic: 'caches',
  title: { en: slug, zh: slug },
  difficulty: 'medium',
  minutes: 40,
  tags: ['cache', 'eviction'],
  state: 'tried',
  ...some,
})
const read = (query: string) => parseFilters(new URLSearchParams(query))

describe('filters of the catalogue', () => {
  it('survive the way through the address', () => {
    const filters = {
      q: 'a&b =缓存', topic: ['caches', 'queues'], difficulty: ['hard', 'easy'], state: ['passed'], tag: ['cache'],
    }
    expect(read(filtersToQuery(filters))).toEqual(filters)
  })

  it('leave the address bare when nothing is asked for', () => {
    expect(filtersToQuery(NO_FILTERS)).toBe('')
    expect([isFiltering(NO_FILTERS), isFiltering({ ...NO_FILTERS, tag: ['cache'] })]).toEqual([false, true])
  })

  it('ignore what the address says wrongly', () => {
    expect(read('difficulty=impossible&state=x&topic=&other=1')).toEqual(NO_FILTERS)
    expect(read('difficulty=easy&difficulty=easy').difficulty).toEqual(['easy'])
  })

  it('cut what is too long or too much', () => {
    expect(read(`q=${'x'.repeat(5000)}`).q).toHaveLength(200)
    expect(read(Array.from({ length: 500 }, (_, at) => `tag=t${at}`).join('&')).tag).toHaveLength(30)
  })

  it.each([
    ['topic', 'caches', 'queues'],
    ['difficulty', 'medium', 'easy'],
    ['state', 'tried', 'passed'],
    ['tag', 'eviction', 'queue'],
  ] as const)('keep and leave out by %s', (facet, fits, fitsNot) => {
    const asks = (values: string[]) => isAskedFor(entry('lru'), { ...NO_FILTERS, [facet]: values })
    expect([asks([fits]), asks([fitsNot]), asks([fitsNot, fits])]).toEqual([true, false, true])
  })

  it('ask for one value of each facet', () => {
    expect(isAskedFor(entry('lru'), { ...NO_FILTERS, difficulty: ['medium'], tag: ['queue'] })).toBe(false)
  })

  it('take a value away that is chosen again', () => {
    const once = toggleValue(NO_FILTERS, 'tag', 'cache')
    expect([once.tag, toggleValue(once, 'tag', 'cache').tag]).toEqual([['cache'], []])
  })
})

describe('the counts beside the values', () => {
  const entries = [
    entry('lru'),
    entry('ring', { topic: 'queues', difficulty: 'hard', tags: ['queue'] }),
    entry('sql', { topic: 'queues', tags: ['queue', 'eviction'] }),
  ]

  it('say what choosing a value would show beside what is chosen in its own facet', () => {
    const counts = countValues(entries, { ...NO_FILTERS, difficulty: ['hard'] }, 'difficulty')
    expect(Object.fromEntries(counts)).toEqual({ medium: 2, hard: 1 })
  })

  it('take the other facets as they are', () => {
    const filters = { ...NO_FILTERS, difficulty: ['medium'] }
    expect(Object.fromEntries(countValues(entries, filters, 'tag'))).toEqual({ cache: 1, eviction: 2, queue: 1 })
    expect(Object.fromEntries(countValues(entries, filters, 'topic'))).toEqual({ caches: 1, queues: 1 })
  })
})

describe('the ways out of nothing', () => {
  it('offer to leave one thing away, and only where that shows something, the most first', () => {
    const filters = { ...NO_FILTERS, q: 'lru', difficulty: ['hard'], tag: ['queue'] }
    const ways = waysOut(filters, (less) => {
      if (less.q === '') return 3
      return less.difficulty.length === 0 ? (less.tag.length === 0 ? 9 : 5) : 0
    })
    expect(ways.map(({ kind, value, count }) => [kind, value, count])).toEqual([
      ['filters', '', 9], ['difficulty', 'hard', 5], ['search', '', 3],
    ])
    expect(ways[1]?.filters).toEqual({ ...filters, difficulty: [] })
  })

  it('offer one word of several', () => {
    const ways = waysOut({ ...NO_FILTERS, q: 'lru  paxos' }, ({ q }) => (q === 'lru' ? 2 : 0))
    expect(ways.map(({ kind, value, filters }) => [kind, value, filters.q])).toEqual([['word', 'lru', 'lru']])
  })

  it('are none when a single word finds nothing', () => {
    expect(waysOut({ ...NO_FILTERS, q: 'xyzzy' }, () => 0)).toEqual([])
  })
})
