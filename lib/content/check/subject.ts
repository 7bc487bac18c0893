import path from 'node:path'
import type { Exercise } from '../catalogue'
import type { ContentProblem, Rule } from '../problem'

/** An exercise under check, and where its files lie. */
export interface Subject {
  exercise: Exercise
  /** `topic/slug`, the folder relative to the content folder. */
  place: string
  /** Absolute path of the folder. */
  folder: string
  /** Source of its independent solution, which lies elsewhere, or null. */
  independent: string | null
}

export function subjectOf(dir: string, exercise: Exercise, independent: string | null = null): Subject {
  const place = `${exercise.topic}/${exercise.slug}`
  return { exercise, place, folder: path.join(dir, place), independent }
}

/** A problem in one file of a subject. */
export function problemIn(subject: Subject, file: string, rule: Rule, message: string): ContentProblem {
  return { file: `${subject.place}/${file}`, rule, message }
}

/** Files that stand in for `./solution`: the starter, the reference, and each wrong solution. */
export function targetsOf(subject: Subject): string[] {
  const wrong = Object.keys(subject.exercise.files.wrong).map((name) => `wrong/${name}`)
  return ['starter.ts', 'solution.ts', ...wrong.sort()]
}

/** What stands in for `./solution` where the independent solution is run. It is no file of the exercise's folder. */
export const INDEPENDENT = 'independent solution'

/** Source text of a target. */
export function sourceOf(subject: Subject, target: string): string {
  const { starter, solution, wrong } = subject.exercise.files
  if (target === INDEPENDENT) return subject.independent ?? ''
  if (target === 'starter.ts') return starter
  return target === 'solution.ts' ? solution : (wrong[target.slice('wrong/'.length)] ?? '')
}
