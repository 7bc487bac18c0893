/** Something that must not be found, and where it comes from. */
export interface Needle {
  /** Normalised text, at least as long as the window of the finder. */
  text: string
  /** Such as `caches/lru-cache/hidden.test.ts:12`. */
  origin: string
}

/** Looks for thousands of needles in megabytes at once, by the hash of each stretch of `window` characters. */
export class Finder {
  readonly #byHash = new Map<number, Needle[]>()

  /** Weight of the character that leaves the window. */
  readonly #drop: number

  constructor(needles: readonly Needle[], readonly window: number) {
    this.#drop = power(BASE, window)
    for (const needle of needles) {
      const hash = hashOf(needle.text, window)
      this.#byHash.set(hash, [...(this.#byHash.get(hash) ?? []), needle])
    }
  }

  /** Every needle that stands in a normalised text. */
  find(text: string): Needle[] {
    const found = new Set<Needle>()
    let hash = hashOf(text, this.window)
    for (let at = 0; at + this.window <= text.length; at++) {
      for (const needle of this.#byHash.get(hash) ?? []) if (text.startsWith(needle.text, at)) found.add(needle)
      const leaving = Math.imul(text.charCodeAt(at), this.#drop)
      hash = (Math.imul(hash, BASE) + text.charCodeAt(at + this.window) - leaving) | 0
    }
    return [...found]
  }
}

const BASE = 0x01000193

function hashOf(text: string, length: number): number {
  let hash = 0
  for (let at = 0; at < length; at++) hash = (Math.imul(hash, BASE) + text.charCodeAt(at)) | 0
  return hash
}

function power(base: number, exponent: number): number {
  let result = 1
  for (let step = 0; step < exponent; step++) result = Math.imul(result, base)
  return result
}
