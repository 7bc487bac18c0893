import { z } from 'zod'

/** What became of a mutant. A timeout counts as killed: no endless solution passes. */
export const MutantState = z.enum(['killed', 'timeout', 'survived', 'uncovered'])
export type MutantState = z.infer<typeof MutantState>

/** A small change of a reference, and where it was made. */
export const Mutant = z.strictObject({
  id: z.string(),
  /** Name of the kind of change, as Stryker calls it. */
  mutator: z.string(),
  /** Place of the first character, both from 1. */
  line: z.number().int(),
  column: z.number().int(),
  /** The line on which it begins, trimmed. */
  context: z.string(),
  /** The text that is replaced and what replaces it, on one line, long ones cut short. */
  original: z.string(),
  replacement: z.string(),
})
export type Mutant = z.infer<typeof Mutant>

export const JudgedMutant = Mutant.extend({ state: MutantState })
export type JudgedMutant = z.infer<typeof JudgedMutant>

/** Whether the tests let the mutant pass. */
export function hasSurvived({ state }: JudgedMutant): boolean {
  return state === 'survived' || state === 'uncovered'
}
