import type { ExercisePage } from '@/lib/contract/catalogue'
import { findExercise, listTopics } from '@/lib/learn/topics'
import { indexWords } from './words'

/** Words of one version of an exercise's prompt, joined; made once for each version. */
const known = new Map<string, { version: string; words: string }>()

/** The words of every prompt, in both languages, by slug: what the catalogue's search needs of them. */
export async function listPromptWords(): Promise<Record<string, string>> {
  const slugs = (await listTopics()).flatMap((topic) => topic.exercises.map(({ slug }) => slug))
  const exercises = (await Promise.all(slugs.map(findExercise))).filter((exercise) => exercise !== null)
  return Object.fromEntries(exercises.map((exercise) => [exercise.slug, wordsOf(exercise)]))
}

function wordsOf({ slug, version, prompt }: ExercisePage): string {
  const before = known.get(slug)
  if (before?.version === version) return before.words
  const words = [...new Set(indexWords(`${prompt.en} ${prompt.zh}`))].join(' ')
  known.set(slug, { version, words })
  return words
}
