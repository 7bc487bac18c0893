import type { Token } from './tokens'

/** A chosen k-gram: its hash and where it begins. */
export interface Fingerprint {
  hash: number
  /** Index of its first token. */
  at: number
}

/**
 * The fingerprints of a list of tokens, by winnowing: of each `window` hashes of `k` tokens that follow one another the
 * least one is kept, the last of equals. Two programs that share `window + k - 1` tokens in a row share a fingerprint;
 * none is shared by fewer than `k`.
 * S. Schleimer, D. Wilkerson, A. Aiken: Winnowing: Local Algorithms for Document Fingerprinting (SIGMOD 2003).
 */
export function winnow(tokens: readonly Token[], k: number, window: number): Fingerprint[] {
  const hashes = hashGrams(tokens, k)
  const chosen: Fingerprint[] = []
  const windows = Math.max(hashes.length - window + 1, Math.min(hashes.length, 1))
  let last = -1
  for (let start = 0; start < windows; start++) {
    let least = start
    for (let at = start + 1; at < Math.min(start + window, hashes.length); at++) {
      if ((hashes[at] ?? 0) <= (hashes[least] ?? 0)) least = at
    }
    if (least === last) continue
    last = least
    chosen.push({ hash: hashes[least] ?? 0, at: least })
  }
  return chosen
}

/** The hash of every k tokens in a row. */
export function hashGrams(tokens: readonly Token[], k: number): number[] {
  const words = tokens.map(({ text }) => hashText(text))
  const hashes: number[] = []
  for (let at = 0; at + k <= words.length; at++) {
    let low = 0x811c9dc5
    let high = 0x9e3779b9
    for (let offset = 0; offset < k; offset++) {
      const word = words[at + offset] ?? 0
      low = Math.imul(low ^ word, 0x01000193)
      high = Math.imul((high ^ word) + (high << 6), 0x85ebca6b) ^ (high >>> 13)
    }
    // 53 bits: among some 10^6 grams of a class, two of one hash are no concern.
    hashes.push((mix(low) >>> 0) * 0x200000 + (mix(high) >>> 11))
  }
  return hashes
}

const known = new Map<string, number>()

/** FNV-1a. There are few different texts. */
function hashText(text: string): number {
  let hash = known.get(text)
  if (hash === undefined) {
    hash = 0x811c9dc5
    for (let at = 0; at < text.length; at++) hash = Math.imul(hash ^ text.charCodeAt(at), 0x01000193)
    if (known.size < 1000) known.set(text, hash)
  }
  return hash
}

/** The finaliser of MurmurHash3. */
function mix(hash: number): number {
  hash = Math.imul(hash ^ (hash >>> 16), 0x85ebca6b)
  hash = Math.imul(hash ^ (hash >>> 13), 0xc2b2ae35)
  return hash ^ (hash >>> 16)
}
