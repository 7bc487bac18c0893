import { loadCatalogue } from '@/lib/content/load-catalogue'
import type { Settings } from './settings'

/** What is wrong with the content, as lines for the log; none when all is well. A broken exercise is left out. */
export async function contentProblemLines({ exercisesDir }: Pick<Settings, 'exercisesDir'>): Promise<string[]> {
  const { problems } = await loadCatalogue(exercisesDir)
  if (problems.length === 0) return []
  const count = problems.length === 1 ? '1 problem' : `${problems.length} problems`
  return [
    `${count} in ${exercisesDir}; what is broken is left out:`,
    ...problems.map(({ file, rule, message }) => `  ${file}: ${message} (${rule})`),
  ]
}
