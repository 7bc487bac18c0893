import type { Justification } from './justified'
import { isAbout } from './justified'
import { hasSurvived, type JudgedMutant } from './mutant'

/** The part of its mutants that an exercise must kill. */
export const REQUIRED_SCORE = 0.85

export interface ExerciseScore {
  /** `topic/slug`. */
  place: string
  /** Mutants that count: all but the justified. */
  mutants: number
  killed: number
  timeouts: number
  /** Survivors that nobody has justified, in the order of their places. */
  survivors: JudgedMutant[]
  justified: Array<{ mutant: JudgedMutant; why: string }>
  /** Justifications of mutants that do not survive, or are not made any more. */
  stale: Justification[]
  /** Between 0 and 1; 1 when there is nothing to kill. */
  score: number
}

/** What the states of its mutants say of an exercise's tests. */
export function scoreExercise(
  place: string,
  judged: readonly JudgedMutant[],
  justifications: readonly Justification[],
): ExerciseScore {
  const survived = judged.filter(hasSurvived)
  const justified = survived.flatMap((mutant) => {
    const justification = justifications.find((each) => isAbout(each, mutant))
    return justification === undefined ? [] : [{ mutant, why: justification.why }]
  })
  const survivors = survived.filter((mutant) => justified.every((each) => each.mutant !== mutant))
  const timeouts = judged.filter(({ state }) => state === 'timeout').length
  const mutants = judged.length - justified.length
  return {
    place,
    mutants,
    killed: mutants - survivors.length - timeouts,
    timeouts,
    survivors,
    justified,
    stale: justifications.filter((each) => !survived.some((mutant) => isAbout(each, mutant))),
    score: mutants === 0 ? 1 : (mutants - survivors.length) / mutants,
  }
}
