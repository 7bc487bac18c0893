import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** An exercise of the catalogue with solutions of two authors who did not know each other's. */
export interface TwiceSolved {
  slug: string
  starter: string
  solution: string
  independent: string
}

const INDEPENDENT = 'tests/content/independent'

export function listTwiceSolved(): TwiceSolved[] {
  const folders = new Map(readdirSync('exercises', { withFileTypes: true }).flatMap((topic) => {
    if (!topic.isDirectory()) return []
    return readdirSync(path.join('exercises', topic.name)).map((slug) => [slug, path.join('exercises', topic.name, slug)] as const)
  }))
  return readdirSync(INDEPENDENT).filter((file) => file.endsWith('.ts')).flatMap((file) => {
    const slug = file.slice(0, -'.ts'.length)
    const folder = folders.get(slug)
    const read = (name: string): string => readFileSync(path.join(folder ?? '', name), 'utf8')
    const independent = readFileSync(path.join(INDEPENDENT, file), 'utf8')
    return folder ? [{ slug, starter: read('starter.ts'), solution: read('solution.ts'), independent }] : []
  })
}

/** The same numbers each time (mulberry32). */
export function seeded(seed: number): () => number {
  return () => {
    seed = (seed + 0x6d2b79f5) | 0
    let mixed = Math.imul(seed ^ (seed >>> 15), 1 | seed)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}
