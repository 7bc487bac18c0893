import type { Query } from 'minisearch'
import { slipsAllowed, slipsBetween } from './slips'
import { hanPairs, type Run, runsOf } from './tokens'

/** One stretch of a query, made ready to be looked up. */
export interface Ask {
  query: Query
  /** Which of the terms that were found in an exercise answer this stretch; none when they are too few. */
  answers(terms: readonly string[]): string[]
}

/**
 * What a query asks for, exactly: every word as the beginning of a word, every Chinese stretch with all of its pairs
 * of neighbours.
 */
export function askExactly(query: string): Ask[] {
  return runsOf(query).map((run) => (run.han ? askHan(run, 1) : askWord(run.text)))
}

/**
 * What a query may have meant: words with slips of typing too, and of a Chinese stretch only a third of its pairs,
 * because one wrong character spoils two of them.
 *
 * @param vocabulary all words that there are
 */
export function askForgivingly(query: string, vocabulary: Iterable<string>): Ask[] {
  return runsOf(query).map((run) => (run.han ? askHan(run, 1 / 3) : askNearWord(run.text, vocabulary)))
}

function askHan({ text }: Run, share: number): Ask {
  const pairs = hanPairs(text)
  return {
    query: { combineWith: share === 1 ? 'AND' : 'OR', prefix: false, queries: pairs },
    answers(terms) {
      const found = pairs.filter((pair) => terms.includes(pair))
      return found.length >= pairs.length * share ? found : []
    },
  }
}

function askWord(word: string): Ask {
  const forms = formsOf(word)
  return {
    query: { combineWith: 'OR', prefix: true, queries: forms },
    answers: (terms) => terms.filter((term) => forms.some((form) => term.startsWith(form))),
  }
}

function askNearWord(word: string, vocabulary: Iterable<string>): Ask {
  const exact = askWord(word)
  const near = nearWords(word, vocabulary)
  const boostTerm = (term: string) => 0.4 ** (near.get(term) ?? 0)
  return {
    query: { combineWith: 'OR', queries: [exact.query, { combineWith: 'OR', boostTerm, queries: [...near.keys()] }] },
    answers: (terms) => [...new Set([...exact.answers(terms), ...terms.filter((term) => near.has(term))])],
  }
}

/** Words that may have been meant, with the number of slips. */
function nearWords(typed: string, vocabulary: Iterable<string>): Map<string, number> {
  const most = slipsAllowed(typed)
  const near = new Map<string, number>()
  if (most === 0) return near
  for (const word of vocabulary) {
    const slips = slipsBetween(typed, word, most)
    if (slips <= most) near.set(word, slips)
  }
  return near
}

/** An English plural is looked up as its singular too. */
function formsOf(word: string): string[] {
  const singular = /^[a-z]{2,}(?:ch|sh|s|x)es$/.test(word) ? word.slice(0, -2)
    : /^[a-z]{2,}[^aeious]ies$/.test(word) ? `${word.slice(0, -3)}y`
      : /^[a-z]{3,}[^su]s$/.test(word) ? word.slice(0, -1)
        : word
  return singular === word ? [word] : [word, singular]
}
