import type { Verdict } from '@/lib/contract/verdict'
import { errorVerdict } from '@/lib/contract/error-verdict'
import type { Random } from '@/lib/runtime/test-api/random'
import type { GradedExercise, GradedSource } from './graded-sources'
import type { PlannedSet } from './plan-sets'
import { uuid7 } from './uuid7'
import { varySource } from './vary-source'

const MINUTE = 60_000
const HOUR = 60 * MINUTE
const DAY = 24 * HOUR

export interface DrawnStudent {
  id: string
  /** 0 to 1: how likely they are to solve what they try. */
  skill: number
  /** 0 to 1: how likely they are to try, and how early. */
  diligence: number
}

export interface DrawnSubmission {
  id: string
  userId: string
  exercise: string
  source: string
  submittedAt: number
  verdict: Verdict
}

/** One student on one exercise of a set. */
interface Work {
  student: DrawnStudent
  set: PlannedSet
  graded: GradedExercise
  solves: boolean
  endsAt: number
  /** Compared to others, how many attempts it takes. */
  weight: number
}

/**
 * What students of a class would have handed in by now: most of it in the last days before it is due, some of it late,
 * several attempts each, of which the good ones come last.
 * @param wanted how many submissions in all
 */
export function drawSubmissions(
  students: readonly DrawnStudent[], sets: readonly PlannedSet[], now: number, wanted: number, random: Random,
): DrawnSubmission[] {
  const works = students.flatMap((student) => sets.flatMap((set) => drawWorks(student, set, now, random)))
  const counts = shareOut(works.map(({ weight }) => weight), wanted)
  return works.flatMap((work, index) => drawAttempts(work, counts[index]!, random))
}

function drawWorks(student: DrawnStudent, set: PlannedSet, now: number, random: Random): Work[] {
  // The last set is still open: few have begun.
  const started = set.dueAt > now ? 0.45 : 1
  return set.items.flatMap(({ graded, kind }): Work[] => {
    const tries = (0.72 + 0.27 * student.diligence) * started * (kind === 'required' ? 1 : 0.7)
    if (random.next() > tries) return []
    const latest = Math.min(set.closesAt, now) - MINUTE
    const isLate = random.next() > 0.8 + 0.19 * student.diligence
    const about = isLate
      ? set.dueAt + random.next() ** 2 * 6 * DAY
      : set.dueAt - random.next() ** 2 * 8 * DAY * (0.3 + student.diligence)
    const endsAt = Math.round(Math.max(set.opensAt + 2 * HOUR, Math.min(about, latest)))
    return [{
      student, set, graded, endsAt,
      solves: random.next() < 0.55 + 0.43 * student.skill,
      weight: 0.3 + random.next() ** 2 * 3 * (1.3 - student.skill),
    }]
  })
}

/** Whole numbers in about the proportions of the weights, that add up to `sum`; none is 0 where there is enough. */
function shareOut(weights: readonly number[], sum: number): number[] {
  const total = weights.reduce((all, weight) => all + weight, 0)
  const least = sum >= weights.length ? 1 : 0
  const spare = sum - least * weights.length
  let passed = 0
  let shared = 0
  return weights.map((weight, index) => {
    passed += weight
    const upTo = index === weights.length - 1 ? spare : Math.floor((passed * spare) / total)
    const own = upTo - shared
    shared = upTo
    return least + own
  })
}

/** Attempts that end at `endsAt`, in the order of time: worse ones first, errors of ours and second thoughts between. */
function drawAttempts({ student, set, graded, solves, endsAt }: Work, count: number, random: Random): DrawnSubmission[] {
  if (count === 0) return []
  const after = solves && random.next() < 0.1 ? Math.min(count - 1, random.int(1, 2)) : 0
  const sources = Array.from({ length: count }, (_, index): GradedSource => {
    if (solves && index === count - 1 - after) return graded.passing
    // The further they are, the better what they hand in.
    const best = Math.ceil(((index + 1) / count) * graded.failing.length)
    return graded.failing[Math.max(0, random.int(Math.max(0, best - 3), best) - 1)] ?? graded.passing
  })
  let at = endsAt
  return sources.reverse().map(({ source, verdict }): DrawnSubmission => {
    const submittedAt = Math.max(set.opensAt, at)
    at -= Math.round((2 + random.next() ** 2 * 50) * MINUTE)
    const { exercise } = graded
    return {
      id: uuid7(submittedAt, random), userId: student.id, exercise: exercise.slug, submittedAt,
      source: varySource(source, random),
      verdict: random.next() < 0.003 ? errorVerdict({ exerciseVersion: exercise.version }) : verdict,
    }
  }).reverse()
}
