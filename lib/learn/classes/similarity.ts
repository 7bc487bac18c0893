import { setImmediate } from 'node:timers/promises'
import type { Viewer } from '@/lib/contract/account'
import { ProblemError } from '@/lib/contract/problem'
import { MOST_PAIRS, type ComparedProgram, type SimilarityDetail, type SimilarityView } from '@/lib/contract/similarity'
import type { Queries } from '@/lib/db/client'
import { listClassIds, listCompared, listRoles, type ComparedSubmission } from '@/lib/db/similar-sources'
import { listSources } from '@/lib/db/submissions'
import { comparePrograms, type Comparison, type Pair } from '@/lib/similarity/pairs'
import { hashesOf, readProgram, type Program } from '@/lib/similarity/program'
import { matchedRegions } from '@/lib/similarity/regions'
import { NOTABLE_SHARE } from '@/lib/similarity/settings'
import { catalogue } from '../catalogue'
import { countEvent } from '../rate-limit'
import { enterClass } from './enter-class'
import { roleHas } from './rights'
import { getSetRow } from './sets'

type Person = Pick<Viewer, 'id' | 'role'>

/** Programs of other classes that are compared; the latest classes come first. */
const MOST_OTHERS = 1_000

/** How often somebody may have programs compared, by page or by API. */
const LOOKS = { limit: 30, windowSeconds: 60 }

/** Programs that are read before others get a turn. */
const AT_A_TIME = 10

/**
 * How alike the programs of a class for one exercise of a set are, with each other and with those of other classes of
 * which the viewer is staff. For staff only: students are told nothing of it.
 * @throws ProblemError `not-found` when the class has no such published set, or the set no such exercise;
 * `too-many-requests` for somebody who asks all the time, since the whole process waits for a comparison
 */
export async function getSimilarity(viewer: Person, classId: string, setId: string, exercise: string): Promise<SimilarityView> {
  await countLook(viewer)
  const { submissions, sources, present, leftOut, setTitle } = await collect(viewer, classId, setId, exercise)
  const { programs, starterTitle } = await read(exercise, submissions, sources)
  const { pairs, compared, tooSmall } = comparePrograms(programs, present)
  const different = pairs.filter((pair) => isBetweenTwo(submissions, pair))
  return {
    ...head(setId, setTitle, exercise, starterTitle, different, compared),
    at: new Date().toISOString(),
    programs: present,
    others: submissions.length - present,
    othersLeftOut: leftOut,
    pairsCompared: compared,
    pairsNotable: different.filter(({ share }) => share >= NOTABLE_SHARE).length,
    tooSmall: tooSmall.filter((index) => index < present).map((index) => toProgram(submissions[index]!, classId).student),
    pairs: different.slice(0, MOST_PAIRS).map(({ one, other, shared, of, share }) => ({
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
  await countLook(viewer)
  const { submissions, sources, present, setTitle } = await collect(viewer, classId, setId, exercise)
  const one = submissions.findIndex(({ id }) => id === ids.one)
  const other = submissions.findIndex(({ id }) => id === ids.other)
  if (one < 0 || other < 0 || one === other || Math.min(one, other) >= present) {
    throw new ProblemError('not-found', 'One of these submissions is not among those that are compared. There may be a later one.')
  }
  const { programs, starterTitle } = await read(exercise, submissions, sources)
  const { pairs, compared, common } = comparePrograms(programs, present)
  const pair = pairs.find((each) => (each.one === one && each.other === other) || (each.one === other && each.other === one))
  const different = pairs.filter((each) => isBetweenTwo(submissions, each))
  const withSource = (index: number) => {
    const submission = submissions[index]!
    return { ...toProgram(submission, classId), source: sources.get(submission.id) ?? '' }
  }
  return {
    ...head(setId, setTitle, exercise, starterTitle, different, compared),
    one: withSource(one),
    other: withSource(other),
    percent: toPercent(pair?.share ?? 0),
    shared: pair?.shared ?? 0,
    of: pair?.of ?? 0,
    regions: pair ? matchedRegions(programs[one]!, programs[other]!, common) : [],
  }
}

interface Collected {
  /** Those of the class, then those of others. */
  submissions: ComparedSubmission[]
  sources: ReadonlyMap<string, string>
  /** How many are of the class. */
  present: number
  leftOut: number
  setTitle: string
}

/** What is compared. Checks all rights; nothing that it does not return may be shown. */
function collect(viewer: Person, classId: string, setId: string, exercise: string): Promise<Collected> {
  return enterClass(viewer, classId, 'similarity.view', async (db) => {
    const set = await getSetRow(db, classId, setId)
    if (!set.publishedAt || !set.items.some((item) => item.exercise === exercise)) {
      throw new ProblemError('not-found', 'This problem set has no such exercise, or is not published.')
    }
    const otherClasses = (await listStaffed(db, viewer)).filter((id) => id !== classId)
    const all = await listCompared(db, { setId, exercise, otherClasses })
    const here = all.filter((each) => each.classId === classId)
    const others = latestOfEach(all.filter((each) => each.classId !== classId), new Set(here.map(({ id }) => id)))
    const submissions = [...here, ...others.slice(0, MOST_OTHERS)]
    return {
      submissions,
      sources: await listSources(db, submissions.map(({ id }) => id)),
      present: here.length,
      leftOut: Math.max(0, others.length - MOST_OTHERS),
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

async function read(exercise: string, submissions: readonly ComparedSubmission[], sources: ReadonlyMap<string, string>) {
  const found = (await catalogue()).findExercise(exercise)
  const given = hashesOf(found?.files.starter ?? '')
  const programs: Program[] = []
  for (const [index, { id }] of submissions.entries()) {
    if (index % AT_A_TIME === AT_A_TIME - 1) await setImmediate()
    programs.push(readProgram(sources.get(id) ?? '', given))
  }
  return { programs, starterTitle: found?.manifest.title ?? null }
}

/** Somebody who takes a class again is like their earlier self. */
function isBetweenTwo(submissions: readonly ComparedSubmission[], { one, other }: Pair): boolean {
  return submissions[one]?.userId !== submissions[other]?.userId
}

function head(
  setId: string, setTitle: string, exercise: string, title: SimilarityView['title'],
  pairs: readonly Pair[], compared: Comparison['compared'],
) {
  /** What a part of all pairs does not exceed; those that share nothing are not in the list. */
  const notExceededBy = (part: number): number => toPercent(pairs[Math.floor(compared * (1 - part))]?.share ?? 0)
  return {
    setId, setTitle, exercise, title,
    notablePercent: toPercent(NOTABLE_SHARE),
    typical: compared === 0 ? null : { half: notExceededBy(0.5), almostAll: notExceededBy(0.99) },
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

async function countLook({ id }: Person): Promise<void> {
  const { retryAfterSeconds } = await countEvent(`similarity:user:${id}`, LOOKS.limit, LOOKS.windowSeconds)
  if (retryAfterSeconds === 0) return
  throw new ProblemError('too-many-requests', 'Programs were compared very often. Wait, then look again.', { retryAfterSeconds })
}
