import { randomUUID } from 'node:crypto'
import { DEFAULT_LIMITS } from '@/lib/contract/exercise'
import type { Verdict } from '@/lib/contract/verdict'
import { hashSource } from '@/lib/db/submissions'
import { keepVersion } from '@/lib/db/versions'
import { catalogue } from '@/lib/learn/catalogue'
import { chooseOnBoards } from '@/lib/learn/leaderboards/choices'
import { changeStanding } from '@/lib/learn/leaderboards/standing'
import { deleteAccount } from '@/lib/learn/own-account'
import { recordVerdict } from '@/lib/learn/record-verdict'
import { applyRegrade } from '@/lib/learn/regrades'
import { toVersion } from '@/lib/learn/versions'
import { EXERCISES } from './boards-content'
import type { Pick, Step, World } from './boards-world'

const HOUR = 3_600_000

/** Between Sunday, which is also the first day of a month, and Monday, by the clocks of many zones. */
const MIDNIGHTS = ['2026-03-01T00:00:00.000Z', '2026-03-02T00:00:00.000Z', '2026-04-01T00:00:00.000Z'].map((at) => Date.parse(at))
const OFFSETS = [-30 * HOUR, -14 * HOUR, -8 * HOUR, -1, 0, 1, 5 * HOUR, 9 * HOUR]

/** A moment of the past close to where weeks and months begin. Few, so that several submissions share one. */
export function pastMoment(pick: Pick): Date {
  return new Date(pick(MIDNIGHTS)! + pick(OFFSETS)!)
}

/** A submission that waits for its verdict; exercises need not be in the catalogue any more. */
export async function submitted(world: World, userId: string, exercise: string, at: Date): Promise<string> {
  const hash = await versionOf(world, exercise)
  const { id } = await world.db.submission.create({
    data: {
      userId, exercise, versionHash: hash, source: 'x', sourceHash: hashSource('x'), state: 'grading', submittedAt: at,
      turnAt: at,
    },
  })
  return id
}

async function versionOf({ db }: World, exercise: string): Promise<string> {
  const found = (await catalogue()).findExercise(exercise)
  if (found) await keepVersion(db, toVersion(found))
  else {
    const hash = `gone-${exercise}`
    await keepVersion(db, { hash, exercise, title: { en: '', zh: '' }, difficulty: 'easy', maxScore: 10 })
    return hash
  }
  return found.version
}

/** @param score of 10; null for an error of ours */
export function verdictOf(score: number | null, exerciseVersion: string): Verdict {
  return {
    verdict: score === null ? 'error' : score === 10 ? 'passed' : 'failed', reason: score === null ? 'internal-error' : null,
    score: score ?? 0, maxScore: score === null ? 0 : 10, groups: [], tests: [], problem: null, misconception: null,
    exerciseVersion, runtimeVersion: 'test', limits: DEFAULT_LIMITS, seed: 1, stats: { wallMs: 1, guestPeakRssKb: null },
  }
}

/** Of ten; each ninth is an error of ours. */
function score(pick: Pick): number | null {
  const drawn = pick.number(9)
  return drawn === 8 ? null : [0, 1, 3, 4, 4, 6, 9, 10][drawn]!
}

/** Results for some graded submissions of one exercise. @returns id of the regrade, which waits to be applied */
export async function regraded(world: World, exercise: string, scores: ReadonlyMap<string, number | null>): Promise<string> {
  const { id } = await world.db.regrade.create({ data: { exercise, versionHash: await versionOf(world, exercise) } })
  await world.db.regradeResult.createMany({
    data: [...scores].map(([submissionId, found]) => {
      const { verdict, score, maxScore } = verdictOf(found, '')
      return { regradeId: id, submissionId, verdict, score, maxScore, detail: {}, gradedAt: new Date() }
    }),
  })
  return id
}

export const LEARNER_STEPS: Record<string, Step> = {
  async 'submits'(world, pick) {
    const userId = pick(world.users)
    if (userId === undefined) return false
    await submitted(world, userId, pick(EXERCISES)!, pastMoment(pick))
  },

  /** Whichever: graders do not finish in the order of submitting. */
  async 'is graded'({ db }, pick) {
    const waiting = await db.submission.findMany({ where: { state: { not: 'done' } }, orderBy: { id: 'asc' } })
    const one = pick(waiting)
    if (!one) return false
    await recordVerdict(one.id, verdictOf(score(pick), one.versionHash))
  },

  async 'is graded again'(world, pick) {
    const exercise = pick(EXERCISES)!
    const done = await world.db.submission.findMany({ where: { exercise, verdict: { isNot: null } }, orderBy: { id: 'asc' } })
    const scores = new Map(done.filter(() => pick.number(3) > 0).map(({ id }) => [id, score(pick)]))
    if (scores.size === 0) return false
    const id = await regraded(world, exercise, scores)
    await applyRegrade(world.adminId, id, pick.number(2) === 0)
  },

  /** What was applied without lowering can be applied with it afterwards. */
  async 'has a regrade applied again'({ db, adminId }, pick) {
    const regrade = pick(await db.regrade.findMany({ where: { appliedAt: { not: null } }, orderBy: { id: 'asc' } }))
    if (!regrade) return false
    await applyRegrade(adminId, regrade.id, pick.number(2) === 0)
  },

  async 'chooses to be shown or not'({ users }, pick) {
    const userId = pick(users)
    if (userId === undefined) return false
    await chooseOnBoards(userId, pick.number(2) === 0)
  },

  async 'is suspended or barred, or neither'({ users, adminId }, pick) {
    const userId = pick(users)
    if (userId === undefined) return false
    await changeStanding(adminId, userId, { suspended: pick.number(3) === 0, barred: pick.number(3) === 0, reason: randomUUID() })
  },

  async 'deletes the account'({ db, users }, pick) {
    const userId = pick(users)
    if (userId === undefined || pick.number(3) > 0) return false
    const { email } = await db.user.findUniqueOrThrow({ where: { id: userId } })
    await deleteAccount(userId, { email })
    users.splice(users.indexOf(userId), 1)
  },
}
