import type { Viewer } from '@/lib/contract/account'
import { ProblemError } from '@/lib/contract/problem'
import type { ComparedProgram, SimilarityDetail, SimilarityView } from '@/lib/contract/similarity'
import type { Queries } from '@/lib/db/client'
import { listClassIds, listCompared, listRoles, type ComparedSubmission } from '@/lib/db/similar-sources'
import { comparePair, type Comparison } from '@/lib/similarity/pairs'
import { matchedRegions } from '@/lib/similarity/regions'
import { NOTABLE_SHARE } from '@/lib/similarity/settings'
import { catalogue } from '../catalogue'
import { compareAll, readPrograms, type Compared } from './compared-programs'
import { countUse } from './count-use'
import { enterClass } from './enter-class'
import { roleHas } from './rights'
import { getSetRow } from './sets'

type Person = Pick<Viewer, 'id' | 'role'>

/** Programs of other classes that are compared; the latest classes come first. */
const MOST_OTHERS = 1_000

/**
 * How alike the programs of a class for one exercise of a set are, with each other and with those of other classes of
 * which the viewer is staff. For staff only: students are told nothing of it.
 * @throws ProblemError `not-found` when the class has no such published set, or the set no such exercise;
 * `too-many-requests` for somebody who asks all the time
 */
export async function getSimilarity(
  viewer: Person, classId: string, setId: string, exercise: string,
): Promise<SimilarityView> {
  const collected = await collect(viewer, classId, setId, exercise)
  const { submissions, present, leftOut } = collected
  const comparison = await compareAll(collected)
  const { pairs, compared, shares, tooSmall } = comparison
  return {
    ...await head(collected, comparison),
    at: new Date().toISOString(),
    programs: present,
    others: submissions.length - present,
    othersLeftOut: leftOut,
    pairsCompared: compared,
    pairsNotable: shares.atLeast(NOTABLE_SHARE),
    tooSmall: submissions.slice(0, present).filter((_, index) => tooSmall.includes(index))
      .map((submission) => toProgram(submission, classId).student),
    pairs: pairs.map(({ one, other, shared, of, share }) => ({
      one: toProgram(submissions[one]!, classId), other: toProgram(submissions[other]!, classId),
      shared, of, percent: toPercent(share),
    })),
  }
}

/**
 * Two of the submissions that getSimilarity compares, with the places where they are alike.
 * @throws ProblemError `not-found` also when one of the two is not among them
 */
export async function getSimilarityDetail(
  viewer: Person, classId: string, setId: string, exercise: string, ids: { one: string; other: string },
): Promise<SimilarityDetail> {
  const collected = await collect(viewer, classId, setId, exercise)
  const { submissions, present } = collected
  const one = submissions.findIndex(({ id }) => id === ids.one)
  const other = submissions.findIndex(({ id }) => id === ids.other)
  if (one < 0 || other < 0 || one === other || Math.min(one, other) >= present) {
    const message = 'One of these submissions is not among those that are compared. There may be a later one.'
    throw new ProblemError('not-found', message)
  }
  const comparison = await compareAll(collected)
  const programs = await readPrograms(exercise, [ids.one, ids.other])
  const [left, right] = [programs.get(ids.one)!, programs.get(ids.other)!]
  const pair = comparePair(left.program, right.program, comparison.common)
  return {
    ...await head(collected, comparison),
    one: { ...toProgram(submissions[one]!, classId), source: left.source },
    other: { ...toProgram(submissions[other]!, classId), source: right.source },
    percent: toPercent(pair?.share ?? 0),
    shared: pair?.shared ?? 0,
    of: pair?.of ?? 0,
    regions: pair ? matchedRegions(left.program, right.program, comparison.common) : [],
  }
}

interface Collected extends Compared {
  leftOut: number
  setId: string
  setTitle: string
}

/** What is compared. Checks all rights; nothing that it does not return may be shown. */
function collect(viewer: Person, classId: string, setId: string, exercise: string): Promise<Collected> {
  return enterClass(viewer, classId, 'similarity.view', async (db, entry) => {
    await countUse(entry, 'similarity')
    const set = await getSetRow(db, classId, setId)
    if (!set.publishedAt || !set.items.some((item) => item.exercise === exercise)) {
      throw new ProblemError('not-found', 'This problem set has no such exercise, or is not published.')
    }
    const otherClasses = (await listStaffed(db, viewer)).filter((id) => id !== classId)
    const all = await listCompared(db, { setId, exercise, otherClasses })
    const here = all.filter((each) => each.classId === classId)
    const others = latestOfEach(all.filter((each) => each.classId !== classId), new Set(here.map(({ id }) => id)))
    return {
      exercise,
      submissions: [...here, ...others.slice(0, MOST_OTHERS)],
      present: here.length,
      leftOut: Math.max(0, others.length - MOST_OTHERS),
      setId,
      setTitle: set.title,
    }
  })
}

/** The classes in which the viewer may look for similarity. */
async function listStaffed(db: Queries, viewer: Person): Promise<string[]> {
  if (viewer.role === 'admin') return listClassIds(db)
  const roles = await listRoles(db, viewer.id)
  return roles.filter(({ role }) => roleHas(role, 'similarity.view')).map(({ classId }) => classId)
}

/** One submission of each person in other classes: the latest class comes first. */
function latestOfEach(submissions: readonly ComparedSubmission[], known: ReadonlySet<string>): ComparedSubmission[] {
  const seen = new Set<string>()
  return submissions.filter(({ id, userId }) => !known.has(id) && !seen.has(userId) && seen.add(userId))
}

async function head({ setId, setTitle, exercise }: Collected, { shares, compared }: Comparison) {
  const percentOf = (part: number): number => toPercent(shares.notExceededBy(part, compared))
  return {
    setId, setTitle, exercise,
    title: (await catalogue()).findExercise(exercise)?.manifest.title ?? null,
    notablePercent: toPercent(NOTABLE_SHARE),
    typical: compared === 0 ? null : { half: percentOf(0.5), almostAll: percentOf(0.99) },
  }
}

function toProgram(submission: ComparedSubmission, classId: string): ComparedProgram {
  const { id, userId, name, className, term, submittedAt, score, maxScore } = submission
  return {
    submissionId: id,
    student: { id: userId, name },
    otherClass: submission.classId === classId ? null : { id: submission.classId, name: className, term },
    submittedAt: submittedAt.toISOString(),
    score,
    maxScore,
  }
}

/** Rounded down to a tenth: nothing reaches a mark by rounding. */
function toPercent(share: number): number {
  return Math.floor(share * 1000 + 1e-9) / 10
}
