import { assert, array, constantFrom, integer, property } from 'fast-check'
import { describe, expect, it } from 'vitest'
import { hashGrams, winnow } from '@/lib/similarity/winnow'

const tokens = (texts: readonly string[]) => texts.map((text) => ({ text, line: 1 }))
const words = (least: number, most: number) => array(constantFrom('name', '(', ')', '.', '=').map(String), { minLength: least, maxLength: most })
const K = 5
const WINDOW = 4

describe('winnowing', () => {
  it('finds every run of window + k - 1 equal tokens, wherever it stands', () => {
    assert(property(words(K + WINDOW - 1, 30), words(0, 40), words(0, 40), words(0, 40), words(0, 40), (run, a, b, c, d) => {
      const one = new Set(winnow(tokens([...a, ...run, ...b]), K, WINDOW).map(({ hash }) => hash))
      expect(winnow(tokens([...c, ...run, ...d]), K, WINDOW).some(({ hash }) => one.has(hash))).toBe(true)
    }))
  })

  it('keeps one of each window, and nothing twice', () => {
    assert(property(words(0, 200), (texts) => {
      const places = winnow(tokens(texts), K, WINDOW).map(({ at }) => at)
      const grams = Math.max(0, texts.length - K + 1)
      expect(new Set(places).size).toBe(places.length)
      for (let start = 0; start + WINDOW <= grams; start++) {
        expect(places.some((at) => at >= start && at < start + WINDOW)).toBe(true)
      }
      if (grams > 0) expect(places.length).toBeGreaterThan(0)
    }))
  })

  it('tells apart what differs in one token, and not by its place', () => {
    assert(property(words(K, K), integer({ min: 0, max: K - 1 }), words(0, 10), (gram, at, before) => {
      const [hash] = hashGrams(tokens(gram), K)
      expect(hashGrams(tokens([...before, ...gram]), K).at(-1)).toBe(hash)
      expect(hashGrams(tokens(gram.with(at, 'other')), K)).not.toEqual([hash])
    }))
  })

  it('has nothing of less than one gram', () => {
    expect(winnow(tokens(['a', 'b', 'c', 'd']), K, WINDOW)).toEqual([])
  })
})
