import { readFileSync } from 'node:fs'
import path from 'node:path'

const LRU = path.resolve('exercises/caches-and-eviction/lru-cache')

/** What somebody might write for the LRU exercise. */
export const LRU_SOLUTION = readFileSync(path.join(LRU, 'solution.ts'), 'utf8')
/** Compiles, runs and drops the wrong entry. */
export const FIRST_IN_FIRST_OUT = readFileSync(path.join(LRU, 'wrong/first-in-first-out.ts'), 'utf8')
export const ENDLESS_LOOP = `export class LRUCache<K, V> {
  constructor(readonly capacity: number, readonly onEvict?: (key: K, value: V) => void) {
    for (;;) capacity++
  }
}
`
