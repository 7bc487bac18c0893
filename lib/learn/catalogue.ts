import { watch } from 'node:fs'
import type { Catalogue } from '@/lib/content/catalogue'
import { exercisesDir } from '@/lib/content/exercises-dir'
import { loadCatalogue, type LoadedCatalogue } from '@/lib/content/load-catalogue'
import type { ContentProblem } from '@/lib/content/problem'

export type { ContentProblem }

/** How long the folder must be quiet before it is read again, milliseconds. */
const QUIET_MS = 100

/** Bundlers may load this module more than once in a process; the catalogue is shared by all of its copies. */
const KEY = Symbol.for('handroll.catalogue')
const shared = globalThis as { [KEY]?: Promise<LoadedCatalogue> }

/** The content that this process serves and grades. Read once; in development again whenever a file changes. */
export async function catalogue(): Promise<Catalogue> {
  return (await loaded()).catalogue
}

/** How many problems the content has. What they are, `npm start` and `npm run exercises:check` print. */
export async function countContentProblems(): Promise<number> {
  return (await loaded()).problems.length
}

/** All that is wrong with the content, for whoever runs the site. Sorted by file. */
export async function listContentProblems(): Promise<readonly ContentProblem[]> {
  return (await loaded()).problems
}

/** Reads the folder again: a grader does so when a submission names a version that it does not know. */
export async function reloadCatalogue(): Promise<Catalogue> {
  shared[KEY] = loadCatalogue(exercisesDir())
  return catalogue()
}

function loaded(): Promise<LoadedCatalogue> {
  if (!shared[KEY]) {
    shared[KEY] = loadCatalogue(exercisesDir())
    if (process.env.NODE_ENV === 'development') reloadOnChange()
  }
  return shared[KEY]
}

function reloadOnChange(): void {
  let timer: NodeJS.Timeout | undefined
  const watcher = watch(exercisesDir(), { recursive: true, persistent: false }, () => {
    clearTimeout(timer)
    timer = setTimeout(() => void reloadCatalogue(), QUIET_MS).unref()
  })
  // A folder that goes away while it is watched is no reason to stop: what was read stays.
  watcher.on('error', () => watcher.close())
}
