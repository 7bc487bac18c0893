import { DIFFICULTIES } from '@/lib/contract/exercise'
import type { CatalogueEntry } from './entry'

/** What the reader looks for. Empty strings ask for nothing. The names are those of the address. */
export interface Filters {
  q: string
  topic: string
  difficulty: string
  state: string
  tag: string
}

export const NO_FILTERS: Filters = { q: '', topic: '', difficulty: '', state: '', tag: '' }
export const STATES = ['untouched', 'tried', 'passed'] as const

const NAMES = Object.keys(NO_FILTERS) as (keyof Filters)[]
const LONGEST = 200

/** Reads the filters of an address; whatever it does not know asks for nothing. */
export function parseFilters(query: Record<string, string | string[] | undefined>): Filters {
  const text = (name: keyof Filters) => (typeof query[name] === 'string' ? query[name].slice(0, LONGEST) : '')
  const among = (name: keyof Filters, known: readonly string[]) => known.find((each) => each === text(name)) ?? ''
  return {
    q: text('q'),
    topic: text('topic'),
    difficulty: among('difficulty', DIFFICULTIES),
    state: among('state', STATES),
    tag: text('tag'),
  }
}

/** The query of an address that `parseFilters` reads back; empty, or beginning with a question mark. */
export function filtersToQuery(filters: Filters): string {
  const set = NAMES.filter((name) => filters[name] !== '').map((name) => [name, filters[name]])
  return set.length === 0 ? '' : `?${new URLSearchParams(set)}`
}

/** Whether an entry is asked for, apart from the search words. */
export function isAskedFor(entry: CatalogueEntry, { topic, difficulty, state, tag }: Filters): boolean {
  return (
    (topic === '' || entry.topic === topic) &&
    (difficulty === '' || entry.difficulty === difficulty) &&
    (state === '' || entry.state === state) &&
    (tag === '' || entry.tags.includes(tag))
  )
}
