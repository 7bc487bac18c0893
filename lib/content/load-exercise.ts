import type { Hint } from '@/lib/contract/catalogue'
import { ExerciseManifest, Slug } from '@/lib/contract/exercise'
import { LOCALES, type Localized } from '@/lib/contract/localized'
import type { ExerciseFiles } from './catalogue'
import { checkFiles } from './check-files'
import { checkManifest } from './check-manifest'
import { readHints } from './hints'
import { parseJson } from './parse-json'
import type { ContentProblem } from './problem'
import type { FolderFiles } from './read-folder'
import { contentVersion } from './version'

/** An exercise by itself, before it knows its neighbours. */
export interface ExerciseDraft {
  slug: string
  topic: string
  version: string
  manifest: ExerciseManifest
  prompt: Localized
  hints: { en: Hint[]; zh: Hint[] }
  files: ExerciseFiles
}

export interface LoadedExercise {
  /** Null when there is any problem: a broken exercise is left out. */
  draft: ExerciseDraft | null
  problems: ContentProblem[]
}

const CODE_FILES = ['starter.ts', 'solution.ts', 'visible.test.ts', 'hidden.test.ts']
const TEXT_FILES = ['prompt', 'hints', 'editorial'].flatMap((name) => LOCALES.map((locale) => `${name}.${locale}.md`))
const REQUIRED = ['exercise.json', ...CODE_FILES, ...TEXT_FILES]
const WRONG_FILE = /^wrong\/([a-z0-9-]+\.ts)$/

/** Reads one exercise from its files; `place` is its folder relative to the content folder (`topic/slug`). */
export function loadExercise(place: string, files: FolderFiles): LoadedExercise {
  const [topic = '', slug = ''] = place.split('/')
  const text = (file: string): string => files.get(file) ?? ''
  const json = text('exercise.json')
  const parsed = json === '' ? null : parseJson(`${place}/exercise.json`, json, ExerciseManifest)
  const manifest = parsed?.value ?? null
  const wrong = readWrong(files)

  const problems = [...checkFiles(place, files, REQUIRED, WRONG_FILE), ...(parsed?.problems ?? [])]
  if (!Slug.safeParse(slug).success) {
    problems.push({ file: place, rule: 'slug', message: `${slug} is not a kebab-case name of at most 64 characters` })
  }
  const hints = { en: readHints(text('hints.en.md')) ?? [], zh: readHints(text('hints.zh.md')) ?? [] }
  if (LOCALES.every((locale) => text(`hints.${locale}.md`) !== '')) problems.push(...checkHints(place, hints))
  if (manifest !== null) problems.push(...checkManifest(place, manifest, Object.keys(wrong), text('hidden.test.ts')))
  if (manifest === null || problems.length > 0) return { draft: null, problems }

  const localized = (name: string): Localized => ({ en: text(`${name}.en.md`), zh: text(`${name}.zh.md`) })
  const draft: ExerciseDraft = {
    slug,
    topic,
    version: contentVersion(files),
    manifest,
    prompt: localized('prompt'),
    hints,
    files: {
      hiddenTests: text('hidden.test.ts'),
      visibleTests: text('visible.test.ts'),
      starter: text('starter.ts'),
      solution: text('solution.ts'),
      wrong,
      editorial: localized('editorial'),
    },
  }
  return { draft, problems }
}

function readWrong(files: FolderFiles): Record<string, string> {
  const entries = [...files].flatMap(([file, source]) => {
    const name = WRONG_FILE.exec(file)?.[1]
    return name === undefined ? [] : [[name, source] as const]
  })
  return Object.fromEntries(entries)
}

function checkHints(place: string, hints: { en: Hint[]; zh: Hint[] }): ContentProblem[] {
  const problems = LOCALES.flatMap((locale): ContentProblem[] => {
    const found = hints[locale]
    const file = `${place}/hints.${locale}.md`
    if (found.length < 2 || found.length > 4) {
      const message = `has ${found.length} hints; write 2 to 4, each under a ## heading, with nothing before the first`
      return [{ file, rule: 'hints', message }]
    }
    const bare = found.filter((hint) => hint.title === '' || hint.body === '')
    return bare.map((hint) => ({ file, rule: 'hints', message: `the hint "${hint.title}" has no title or no text` }))
  })
  if (problems.length === 0 && hints.en.length !== hints.zh.length) {
    const message = `has ${hints.zh.length} hints, the English file ${hints.en.length}`
    problems.push({ file: `${place}/hints.zh.md`, rule: 'hints', message })
  }
  return problems
}
