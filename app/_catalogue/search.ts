import MiniSearch, { type Query, type SearchResult } from 'minisearch'
import type { Localized } from '@/lib/contract/localized'
import { hanPairs, indexWords, runsOf } from './words'

/** What of an exercise can be searched, in both languages at once. */
export interface Searchable {
  slug: string
  title: Localized
  topicTitle: Localized
  tags: readonly string[]
  /** Words of the prompt, when they are there. */
  words?: string
}

/** Finds exercises: slugs, best first. An empty query finds nothing. */
export type Search = (query: string) => string[]

const FIELDS = ['title', 'tags', 'topic', 'words']
const BOOST = { title: 6, tags: 3, topic: 1, words: 0.6 }

/**
 * Builds the search over some exercises. All words of a query must be found, as a beginning of a word; when that
 * finds nothing, slips of typing are forgiven. Of a Chinese run at least half of its pairs of neighbours must occur; a
 * wrong character spoils two pairs, so a third is enough when slips are forgiven.
 */
export function createSearch(exercises: readonly Searchable[]): Search {
  const index = newIndex()
  index.addAll(exercises.map(documentOf))
  return searchOf(index)
}

/** The same in small steps, for many words: the page stays responsive meanwhile. */
export async function createSearchInSteps(exercises: readonly Searchable[]): Promise<Search> {
  const index = newIndex()
  await index.addAllAsync(exercises.map(documentOf), { chunkSize: 5 })
  return searchOf(index)
}

function newIndex(): MiniSearch {
  return new MiniSearch({ fields: FIELDS, tokenize: indexWords, processTerm: (term) => term })
}

function documentOf({ slug, title, topicTitle, tags, words = '' }: Searchable) {
  return {
    id: slug,
    title: `${title.en} ${title.zh} ${slug} ${slug.replaceAll('-', '')}`,
    tags: `${tags.join(' ')} ${tags.map((tag) => tag.replaceAll('-', '')).join(' ')}`,
    topic: `${topicTitle.en} ${topicTitle.zh}`,
    words,
  }
}

function searchOf(index: MiniSearch): Search {
  return (query) => {
    const runs = runsOf(query)
    if (runs.length === 0) return []
    const exact = find(index, runs, false)
    return exact.length > 0 ? exact : find(index, runs, true)
  }
}

function find(index: MiniSearch, runs: ReturnType<typeof runsOf>, forgiving: boolean): string[] {
  const queries: Query[] = runs.map(({ text, han }) => {
    return han ? { combineWith: 'OR', queries: hanPairs(text), fuzzy: false } : text
  })
  const found = index.search(
    { combineWith: 'AND', queries },
    { boost: BOOST, prefix: true, fuzzy: forgiving && slipsAllowed, tokenize: (text) => [text] },
  )
  const pairs = runs.filter((run) => run.han).map((run) => hanPairs(run.text))
  const share = forgiving ? 1 / 3 : 1 / 2
  return found.filter((each) => pairs.every((some) => hasShare(each, some, share))).map(({ id }) => String(id))
}

function hasShare(result: SearchResult, pairs: readonly string[], share: number): boolean {
  return pairs.filter((pair) => result.queryTerms.includes(pair)).length >= pairs.length * share
}

/** Edits between what was typed and what is meant; two neighbours swapped are two edits. */
function slipsAllowed(term: string): number {
  return term.length < 4 ? 0 : term.length === 4 ? 1 : 2
}
