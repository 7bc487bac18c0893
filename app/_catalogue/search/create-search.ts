import MiniSearch, { type SearchResult } from 'minisearch'
import type { Locale, Localized } from '@/lib/contract/localized'
import { type Ask, askExactly, askForgivingly } from './ask'
import { tokensOf } from './tokens'

/** What of an exercise can be searched, in both languages at once. */
export interface Searchable {
  slug: string
  title: Localized
  topicTitle: Localized
  tags: readonly string[]
  /** Plain text of the prompt, when it is there. */
  prompt?: Localized
}

/** An exercise that was found. */
export interface Hit {
  slug: string
  /** For each stretch of the query, the terms of this exercise that answer it. */
  answers: readonly (readonly string[])[]
}

/** Finds exercises, best first. A query without letters and digits finds nothing. */
export type Search = (query: string) => Hit[]

/** How much a place counts. What stands in a title is what an exercise is about. */
const BOOST = {
  'title.en': 6, 'title.zh': 6, aliases: 4, tags: 3, 'topic.en': 1, 'topic.zh': 1, 'prompt.en': 0.5, 'prompt.zh': 0.5,
}
type Field = keyof typeof BOOST
const FIELDS = Object.keys(BOOST) as Field[]

/** How many exercises are indexed before the page gets its turn again. */
const STEP = 2

/**
 * Builds the search over some exercises. An exercise is found when each word of the query stands somewhere in it; only
 * when that finds nothing at all, slips of typing are forgiven.
 */
export function createSearch(exercises: readonly Searchable[]): Search {
  const { index, search } = newSearch()
  index.addAll(exercises.map(documentOf))
  return search
}

/** The same in small steps, for long texts: the page stays responsive meanwhile. */
export async function createSearchInSteps(exercises: readonly Searchable[]): Promise<Search> {
  const { index, search } = newSearch()
  await index.addAllAsync(exercises.map(documentOf), { chunkSize: STEP })
  return search
}

function newSearch(): { index: MiniSearch; search: Search } {
  const vocabulary = new Set<string>()
  const index = new MiniSearch({
    fields: FIELDS,
    // How often a term stands in a text says little here, and each time costs; once is enough.
    tokenize: (text) => [...new Set(Array.from(tokensOf(text), ({ term }) => term))],
    processTerm(term) {
      if (/^[a-z]/.test(term)) vocabulary.add(term)
      return term
    },
    searchOptions: { tokenize: (term) => [term], processTerm: (term) => term, boost: BOOST, combineWith: 'AND' },
  })
  return {
    index,
    search(query) {
      const exact = find(index, askExactly(query))
      return exact.length > 0 ? exact : find(index, askForgivingly(query, vocabulary))
    },
  }
}

function find(index: MiniSearch, asks: readonly Ask[]): Hit[] {
  if (asks.length === 0) return []
  const found = index.search({ queries: asks.map(({ query }) => query) })
  return found.map((result) => hitOf(result, asks)).filter(({ answers }) => answers.every((terms) => terms.length > 0))
}

function hitOf({ id, terms }: SearchResult, asks: readonly Ask[]): Hit {
  return { slug: String(id), answers: asks.map((ask) => ask.answers(terms)) }
}

function documentOf({ slug, title, topicTitle, tags, prompt }: Searchable): Record<Field | 'id', string> {
  const text = (of: Localized | undefined, locale: Locale) => of?.[locale] ?? ''
  const compounds = [slug, ...tags].filter((name) => name.includes('-'))
  return {
    id: slug,
    'title.en': text(title, 'en'),
    'title.zh': text(title, 'zh'),
    // Names as one may type them: `single-flight` as one word.
    aliases: `${slug} ${compounds.map((name) => name.replaceAll('-', '')).join(' ')}`,
    tags: tags.join(' '),
    'topic.en': text(topicTitle, 'en'),
    'topic.zh': text(topicTitle, 'zh'),
    'prompt.en': text(prompt, 'en'),
    'prompt.zh': text(prompt, 'zh'),
  }
}
