import { planRuns } from '@/lib/content/check/plan-runs'
import type { Run } from '@/lib/content/check/run'
import { subjectOf } from '@/lib/content/check/subject'
import { exercisesDir } from '@/lib/content/exercises-dir'
import { loadCatalogue } from '@/lib/content/load-catalogue'

/** The reference solution of an exercise with the tests that it passes. @throws Error when there is no such exercise */
export async function findSolved(slug: string): Promise<Record<'visible' | 'hidden', Run>> {
  const dir = exercisesDir()
  const exercise = (await loadCatalogue(dir)).catalogue.findExercise(slug)
  const runs = exercise ? planRuns(subjectOf(dir, exercise), 'plain') : []
  const solvedBy = (tests: Run['tests']): Run => {
    const run = runs.find((each) => each.target === 'solution.ts' && each.tests === tests)
    if (!run) throw new Error(`There is no exercise ${slug} in ${dir}`)
    return run
  }
  return { visible: solvedBy('visible'), hidden: solvedBy('hidden') }
}
