/*
 * How programs are compared, chosen by measuring: tests/similarity/separation.test.ts prints the figures and holds
 * them.
 *
 * Two people who solved the same exercise of the catalogue independently share 24 % of their fingerprints in the
 * median, 44 % in one case of twenty, and 54 % at most (short exercises that have one obvious way). Copies that were
 * reformatted, commented, renamed, untyped, put into another order or given dead code before every eighth statement
 * stay above 65 %; all of it at once leaves 64 % in the median. With longer grams both fall together, with shorter
 * ones both rise.
 */

/** Tokens in a gram. Nothing shorter counts as shared. */
export const GRAM_TOKENS = 12

/** Grams of which one is kept. With GRAM_TOKENS: 15 equal tokens in a row are always found. */
export const WINDOW_GRAMS = 4

/** Pairs from this share on are worth a look: above what independent authors of the whole catalogue share. */
export const NOTABLE_SHARE = 0.55

/** A program with fewer fingerprints of its own says nothing: some 40 tokens. */
export const LEAST_FINGERPRINTS = 15

/** What more than this share of different programs contains is the exercise, not the author. */
export const COMMON_SHARE = 0.5

/** With fewer different programs, nothing is called common: two who copied might be most of them. */
export const LEAST_FOR_COMMON = 10
