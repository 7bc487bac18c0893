import { GRAM_TOKENS, WINDOW_GRAMS } from './settings'
import { normalise, type Token } from './tokens'
import { hashGrams, winnow } from './winnow'

/** A program, ready to be compared. */
export interface Program {
  tokens: readonly Token[]
  /** Where each of its fingerprints begins, as indices of tokens. Those of the starter are left out. */
  fingerprints: ReadonlyMap<number, readonly number[]>
  /** Equal for programs of equal tokens. */
  key: string
}

/** Hashes of every gram of the code that all authors were given. */
export function hashesOf(starter: string): ReadonlySet<number> {
  return new Set(hashGrams(normalise(starter), GRAM_TOKENS))
}

/** @param given what hashesOf says of the starter: no part of what is compared */
export function readProgram(source: string, given: ReadonlySet<number>): Program {
  const tokens = normalise(source)
  const fingerprints = new Map<number, number[]>()
  let key = 0
  for (const { hash, at } of winnow(tokens, GRAM_TOKENS, WINDOW_GRAMS)) {
    key = (Math.imul(key, 31) + hash) | 0
    if (given.has(hash)) continue
    const places = fingerprints.get(hash)
    if (places) places.push(at)
    else fingerprints.set(hash, [at])
  }
  return { tokens, fingerprints, key: `${tokens.length}:${key}` }
}
