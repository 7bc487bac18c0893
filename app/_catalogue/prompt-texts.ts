import { createHash } from 'node:crypto'
import type { ExercisePage } from '@/lib/contract/catalogue'
import type { Localized } from '@/lib/contract/localized'
import { findExercise, listTopics } from '@/lib/learn/topics'
import { plainText } from './plain-text'

/** The prompts as the catalogue's search reads them. */
export interface PromptTexts {
  /** Changes with every prompt: what was fetched under one version stays right for ever. */
  version: string
  /** Plain text by slug. */
  texts: Record<string, Localized>
}

/** Texts of one version of an exercise; made once for each version. */
const known = new Map<string, { version: string; text: Localized }>()

/** The plain text of every prompt, in both languages. */
export async function listPromptTexts(): Promise<PromptTexts> {
  const exercises = await listPages()
  const texts = Object.fromEntries(exercises.map((exercise) => [exercise.slug, textOf(exercise)]))
  return { version: versionOf(exercises), texts }
}

/** The version that `listPromptTexts` answers with, without the texts. */
export async function promptTextsVersion(): Promise<string> {
  return versionOf(await listPages())
}

async function listPages(): Promise<ExercisePage[]> {
  const slugs = (await listTopics()).flatMap((topic) => topic.exercises.map(({ slug }) => slug))
  return (await Promise.all(slugs.map(findExercise))).filter((exercise) => exercise !== null)
}

function versionOf(exercises: readonly ExercisePage[]): string {
  const hash = createHash('sha256')
  for (const { slug, version } of exercises) hash.update(`${slug} ${version}\n`)
  return hash.digest('hex').slice(0, 16)
}

function textOf({ slug, version, prompt }: ExercisePage): Localized {
  const before = known.get(slug)
  if (before?.version === version) return before.text
  const text = { en: plainText(prompt.en), zh: plainText(prompt.zh) }
  known.set(slug, { version, text })
  return text
}
