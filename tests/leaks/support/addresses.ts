import { readdirSync } from 'node:fs'
import path from 'node:path'
import type { Catalogue } from '@/lib/content/catalogue'
import type { ClassIds } from '@/tests/http/support/class-site'
import { listRoutes } from '@/tests/http/support/routes'

const APP = path.resolve(import.meta.dirname, '../../../app')

/** What stands for each variable part of an address. */
export type Parts = Record<string, readonly string[]>

/** What to put for the variable parts of addresses, so that every exercise and topic is looked at. */
export function partsOf({ topics }: Catalogue, submissionId: string, ids: ClassIds): Parts {
  return {
    '[class]': [ids.class],
    '[set]': [ids.set, ids.draft],
    '[student]': [ids.student],
    '[item]': [ids.item],
    '[one]': [ids.submission],
    '[other]': [submissionId],
    '[code]': ['no-such-code'],
    '[program]': ['0'.repeat(64)],
    '[topic]': topics.map(({ slug }) => slug),
    '[exercise]': topics.flatMap(({ exercises }) => exercises.map(({ slug }) => slug)),
    '[submission]': [submissionId, ids.submission],
    '[regrade]': [submissionId],
    '[id]': [submissionId],
    '[alias]': ['0'],
    '[handle]': ['a-learner', 'nobody-at-all'],
    '[...nextauth]': ['session', 'csrf', 'providers', 'error'],
    '[...rest]': ['no/such/route'],
  }
}

/** The address of every page. Folders that begin with an underscore are no addresses. */
export function pageAddresses(parts: Parts): string[] {
  const files = readdirSync(APP, { recursive: true, encoding: 'utf8' })
  const pages = files.filter((file) => path.basename(file) === 'page.tsx' && !/(^|\/)_/.test(file))
  return pages.flatMap((file) => fill(path.dirname(file), parts))
}

/** The address of everything that the API answers to GET. */
export function apiAddresses(parts: Parts): string[] {
  const routes = listRoutes().filter((route) => route.startsWith('GET '))
  return routes.flatMap((route) => fill(route.replace('GET ', ''), parts))
}

/** Pages of a class have the exercises of its sets. */
const IN_A_CLASS: Parts = { '[exercise]': ['lru-cache', 'blocking-queue'] }

/** @throws Error for a variable part that is new: whoever adds one says in partsOf what stands for it */
function fill(folder: string, everywhere: Parts): string[] {
  const parts = folder.includes('[class]') ? { ...everywhere, ...IN_A_CLASS } : everywhere
  const segments = folder === '.' ? [] : folder.split(path.sep)
  return segments.reduce<string[]>((addresses, segment) => {
    const values = segment.startsWith('[') ? parts[segment] : [segment]
    if (!values) throw new Error(`Nothing is known to stand for ${segment} of app/${folder}`)
    return addresses.flatMap((address) => values.map((value) => `${address}/${value}`))
  }, ['']).map((address) => address || '/')
}

/** Where somebody would look for files of an exercise. */
export const GUESSES: readonly string[] = ['hidden.test.ts', 'solution.ts', 'wrong/first-in-first-out.ts'].flatMap((file) => [
  `/exercises/caches-and-eviction/lru-cache/${file}`,
  `/exercises/lru-cache/${file}`,
  `/lru-cache/${file}`,
  `/generated/../../exercises/caches-and-eviction/lru-cache/${file}`,
  `/generated/%2e%2e/%2e%2e/exercises/caches-and-eviction/lru-cache/${file}`,
  `/generated/..%2f..%2fexercises%2fcaches-and-eviction%2flru-cache%2f${file}`,
  `/_next/static/../../exercises/caches-and-eviction/lru-cache/${file}`,
  `/_next/static/..%5c..%5cexercises%5ccaches-and-eviction%5clru-cache%5c${file}`,
  `/_next/image?url=%2Fexercises%2Fcaches-and-eviction%2Flru-cache%2F${file}&w=64&q=75`,
  `/_next/../exercises/caches-and-eviction/lru-cache/${file}`,
  `/api/exercises/lru-cache/${file}`,
  `/api/exercises/lru-cache/editorial/../${file}`,
  `/api/exercises/..%2f..%2fexercises%2fcaches-and-eviction%2flru-cache%2f${file}/editorial`,
  `//exercises/caches-and-eviction/lru-cache/${file}`,
])
