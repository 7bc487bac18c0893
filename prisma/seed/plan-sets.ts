import type { LatePolicy } from '@/lib/contract/late-policy'
import { addCalendarDays, instantOf, localOf } from '@/lib/marks/local-time'
import type { GradedExercise } from './graded-sources'

const SETS = 12
const DAYS_OPEN = 13
const DAYS_LATE = 7
export const MOST_ITEMS = 60

export interface PlannedItem {
  graded: GradedExercise
  points: number
  kind: 'required' | 'optional' | 'choice'
}

export interface PlannedSet {
  title: string
  intro: string
  opensAt: number
  dueAt: number
  closesAt: number
  latePolicy: LatePolicy
  attemptLimit: number | null
  coolDownSeconds: number
  reveal: 'now' | 'after_due' | 'never'
  pickCount: number
  items: PlannedItem[]
}

/**
 * Twelve weekly sets up to the one that is due in three days, with every late policy and kind of item among them. With
 * fewer exercises than places, some stand in several sets.
 */
export function planSets(exercises: readonly GradedExercise[], timeZone: string, now: number): PlannedSet[] {
  const lastDue = instantOf(`${localOf(addCalendarDays(now, 3, timeZone), timeZone).slice(0, 10)}T23:59`, timeZone)
  const each = Math.max(1, Math.min(MOST_ITEMS / SETS, exercises.length))
  return Array.from({ length: SETS }, (_, index): PlannedSet => {
    const dueAt = addCalendarDays(lastDue, (index + 1 - SETS) * 7, timeZone)
    const chosen = Array.from({ length: each }, (_, place) => exercises[(index * each + place) % exercises.length]!)
    const hasChoice = index % 4 === 2 && each >= 4
    const closesAt = addCalendarDays(dueAt, DAYS_LATE, timeZone)
    return {
      title: `Week ${index + 1}: ${chosen[0]!.exercise.manifest.title.en}`,
      intro: 'Read the notes first; each exercise links to its own. Ask in the forum before you are stuck for an hour.',
      opensAt: addCalendarDays(dueAt, -DAYS_OPEN, timeZone),
      dueAt, closesAt,
      latePolicy: policyOf(index, dueAt, closesAt, timeZone),
      attemptLimit: index % 5 === 4 ? 10 : null,
      coolDownSeconds: index % 6 === 5 ? 60 : 0,
      reveal: (['now', 'now', 'after_due', 'never'] as const)[index % 4]!,
      pickCount: hasChoice ? 2 : 0,
      items: chosen.map((graded, place) => ({
        graded,
        points: graded.passing.verdict.maxScore,
        kind: hasChoice && place >= each - 3 ? 'choice' : index % 4 === 1 && place === each - 1 ? 'optional' : 'required',
      })),
    }
  })
}

function policyOf(index: number, dueAt: number, closesAt: number, timeZone: string): LatePolicy {
  const until = (days: number) => new Date(addCalendarDays(dueAt, days, timeZone)).toISOString()
  const policies: LatePolicy[] = [
    { kind: 'per-day', percent: 10, floor: 50 },
    { kind: 'grace-days', most: 2 },
    {
      kind: 'timeline',
      steps: [
        { until: until(0), percent: 100 }, { until: until(2), percent: 80 },
        { until: new Date(closesAt).toISOString(), percent: 50 },
      ],
    },
    { kind: 'grace-days', most: 3 },
    { kind: 'none' },
  ]
  return policies[index % policies.length]!
}
