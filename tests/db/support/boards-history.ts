import fc from 'fast-check'
import { ProblemError } from '@/lib/contract/problem'
import { CATALOGUE_STEPS, CLASS_STEPS } from './boards-class-steps'
import { LEARNER_STEPS } from './boards-learner-steps'
import type { Pick, Step, World } from './boards-world'

const STEPS: Record<string, Step> = { ...LEARNER_STEPS, ...CLASS_STEPS, ...CATALOGUE_STEPS }
export const STEP_NAMES = Object.keys(STEPS)

/** What happens most: half of all steps are one of these. */
const FREQUENT = ['submits', 'is graded', 'is graded']

export interface DrawnStep {
  name: string
  numbers: number[]
}

/** Without a bias to what is small: every kind of step is to come up. */
export const histories: fc.Arbitrary<DrawnStep[]> = fc.noBias(fc.array(
  fc.record({
    name: fc.oneof(fc.constantFrom(...FREQUENT), fc.constantFrom(...STEP_NAMES)),
    numbers: fc.array(fc.nat({ max: 9_999 }), { minLength: 8, maxLength: 8 }),
  }),
  { minLength: 40, maxLength: 80, size: 'max' },
))

/** @returns whether it did anything; what the site refuses does nothing */
export async function take(world: World, { name, numbers }: DrawnStep): Promise<boolean> {
  try {
    return (await STEPS[name]!(world, picker(numbers))) !== false
  } catch (error) {
    if (error instanceof ProblemError && error.code !== 'service-unavailable') return false
    throw error
  }
}

function picker(numbers: readonly number[]): Pick {
  let used = 0
  const number = (below: number) => numbers[used++ % numbers.length]! % below
  return Object.assign(<T>(list: readonly T[]) => (list.length === 0 ? undefined : list[number(list.length)]), { number })
}
