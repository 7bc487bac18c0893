import { Slug, TopicManifest } from '@/lib/contract/exercise'
import { LOCALES, type Localized } from '@/lib/contract/localized'
import { checkFiles } from './check-files'
import { type ExerciseDraft, loadExercise } from './load-exercise'
import { parseJson } from './parse-json'
import type { ContentProblem } from './problem'
import type { FolderFiles } from './read-folder'
import { exerciseFolders, filesBelow } from './read-topics'

/** A topic by itself, with those of its exercises that are whole. */
export interface TopicDraft {
  slug: string
  manifest: TopicManifest
  note: Localized
  figures: Record<string, string>
  exercises: ExerciseDraft[]
}

export interface LoadedTopic {
  /** Null when the topic has no usable name, topic.json or note; its exercises are then left out with it. */
  draft: TopicDraft | null
  problems: ContentProblem[]
}

const REQUIRED = ['topic.json', ...LOCALES.map((locale) => `note.${locale}.md`)]
const FIGURE = /^figures\/[a-z0-9.-]+\.svg$/

/** Reads one topic with all its exercises from the files of its folder. */
export function loadTopic(slug: string, files: FolderFiles): LoadedTopic {
  const folders = exerciseFolders(files)
  const loaded = folders.map((folder) => loadExercise(`${slug}/${folder}`, filesBelow(files, folder)))
  const own = new Map([...files].filter(([file]) => !folders.includes(file.split('/')[0] ?? '')))
  const json = own.get('topic.json') ?? ''
  const parsed = json === '' ? null : parseJson(`${slug}/topic.json`, json, TopicManifest)
  const note = { en: own.get('note.en.md') ?? '', zh: own.get('note.zh.md') ?? '' }

  const problems = [...checkFiles(slug, own, REQUIRED, FIGURE), ...(parsed?.problems ?? [])]
  const named = Slug.safeParse(slug).success
  if (!named) {
    problems.push({ file: slug, rule: 'slug', message: `${slug} is not a kebab-case name of at most 64 characters` })
  }
  problems.push(...loaded.flatMap((exercise) => exercise.problems))

  const manifest = parsed?.value ?? null
  const complete = LOCALES.every((locale) => note[locale].trim() !== '')
  if (!named || !complete || manifest === null) return { draft: null, problems }
  const figures = Object.fromEntries([...own].filter(([file]) => FIGURE.test(file)))
  const exercises = loaded.flatMap(({ draft }) => (draft === null ? [] : [draft]))
  return { draft: { slug, manifest, note, figures, exercises }, problems }
}
