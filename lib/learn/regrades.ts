import { z } from 'zod'
import { Id } from '@/lib/contract/id'
import { ProblemError } from '@/lib/contract/problem'
import type { RegradeChange, RegradeDetail, RegradeState, RegradeView } from '@/lib/contract/regrade'
import { listAudit, writeAudit } from '@/lib/db/audit'
import { refreshBoardsAfterGains } from '@/lib/db/boards/refresh'
import type { Queries } from '@/lib/db/client'
import { applyEffects, countEffects, listEffects, type Effect } from '@/lib/db/regrade-effects'
import * as regrades from '@/lib/db/regrades'
import { refreshGains } from '@/lib/db/score-gains'
import { keepVersion, lockVersion } from '@/lib/db/versions'
import { reloadCatalogue } from './catalogue'
import { inTransaction, withDatabase } from './database'
import { toVersion } from './versions'

const Detail = z.record(z.string(), z.unknown())

/*
 * `classId` limits what follows to the work of one class and to the regrades of that class: for its instructors, whose
 * right has been checked (lib/learn/classes/regrades.ts). Without it all are meant: for admins.
 */

/** Most regrades, changes and log entries that are shown. */
const MAX_REGRADES = 50
const MAX_CHANGES = 500
const MAX_LOG = 50

/** Submissions of one regrade that have a job at a time. More follow as graders report, every few seconds. */
const QUEUED_AT_A_TIME = 300

/** Longest time that applying may take, milliseconds: it touches every learner of an exercise. */
const APPLYING_MS = 60_000

const NO_RESULTS: regrades.RegradeCounts = { total: 0, graded: 0, failed: 0 }

/**
 * Begins a dry run: every submission of the exercise whose verdict is of another version, or was an error, is graded
 * against the present one, after all submissions that somebody waits for. It changes nobody's score.
 * @throws ProblemError `not-found`; `conflict` while another one of the exercise goes on; `nothing-to-regrade`
 */
export async function startRegrade(actorId: string, slug: string, classId: string | null = null): Promise<RegradeView> {
  const exercise = await getPresent(slug)
  return inTransaction(async (db) => {
    await keepVersion(db, toVersion(exercise))
    await lockVersion(db, exercise.version)
    const running = await regrades.listRunningRegrades(db)
    if (running.some((each) => each.exercise === slug && each.classId === classId)) {
      throw new ProblemError('conflict', 'Another regrade of this exercise goes on. Stop it, or wait for its end.')
    }
    const regrade = { exercise: slug, versionHash: exercise.version, startedBy: actorId, classId }
    const { id, total } = await regrades.createRegrade(db, regrade)
    if (total === 0) {
      const message = 'Every submission of this exercise has a verdict of its present version.'
      throw new ProblemError('nothing-to-regrade', message)
    }
    await log(db, { id, classId }, actorId, 'started', { exercise: slug, total })
    await regrades.queueResults(db, id, QUEUED_AT_A_TIME)
    return getView(db, id)
  })
}

/** The latest regrades, the last one first. */
export async function listRegrades(classId: string | null = null): Promise<RegradeView[]> {
  return withDatabase(async (db) => {
    const rows = await regrades.listRegrades(db, MAX_REGRADES, classId)
    const counts = await regrades.countResults(db, rows.map(({ id }) => id))
    return rows.map((row) => toView(row, counts.get(row.id)))
  })
}

/** One of them with what it means for whom, as far as it has come; null when there is none. */
export async function findRegrade(id: string, classId: string | null = null): Promise<RegradeDetail | null> {
  if (!Id.safeParse(id).success) return null
  return withDatabase(async (db) => {
    const row = await regrades.findRegrade(db, id)
    if (!row || (classId && row.classId !== classId)) return null
    const [view, effects, changes, log] = await Promise.all([
      getView(db, id), countEffects(db, id), listEffects(db, id, MAX_CHANGES), listAudit(db, id, MAX_LOG),
    ])
    return {
      ...view,
      ...effects,
      changes: changes.map(toChange),
      log: log.map(({ at, actor, action, detail }) => {
        return { at: at.toISOString(), actor: actor?.name ?? null, action, detail: Detail.parse(detail) }
      }),
    }
  })
}

/** Interrupts a regrade; what has its result keeps it. @param actorId null when the program does it of itself */
export async function stopRegrade(actorId: string | null, id: string, classId: string | null = null): Promise<void> {
  await inTransaction(async (db) => {
    const regrade = await lockExisting(db, id, classId)
    if (regrade.stopped) return
    await regrades.setStopped(db, id, true)
    await log(db, regrade, actorId, 'stopped', {})
  })
}

/** Goes on with a regrade that was stopped. @throws ProblemError `conflict` when the exercise has changed since */
export async function resumeRegrade(actorId: string, id: string, classId: string | null = null): Promise<void> {
  await changePresent(id, classId, async (db, regrade) => {
    if (!regrade.stopped) return
    await regrades.setStopped(db, id, false)
    await log(db, regrade, actorId, 'resumed', {})
    await regrades.queueResults(db, id, QUEUED_AT_A_TIME)
  })
}

/**
 * Makes the results part of the learners' progress and of leaderboards. Scores and passes that would be lost are kept, unless `lower` says
 * so. May be repeated: what was applied before is not applied again.
 * @throws ProblemError `conflict` while submissions wait for their result, or when the exercise has changed since
 */
export async function applyRegrade(
  actorId: string, id: string, lower: boolean, classId: string | null = null,
): Promise<void> {
  await changePresent(id, classId, async (db, regrade) => {
    const { total, graded } = (await regrades.countResults(db, [id])).get(id) ?? NO_RESULTS
    if (graded < total) {
      throw new ProblemError('conflict', 'Not every submission has its result. Let the regrade end first.')
    }
    const learners = await regrades.lockLearners(db, id)
    const { gains, losses } = await countEffects(db, id)
    await applyEffects(db, id, lower)
    await regrades.setApplied(db, id, lower)
    const changed = await refreshGains(db, regrade.exercise, learners)
    const detail = { lower, raised: gains, lowered: lower ? losses : 0, kept: lower ? 0 : losses }
    await log(db, regrade, actorId, 'applied', detail)
    await refreshBoardsAfterGains(db, changed)
  }, APPLYING_MS)
}

/** Queues what follows in every regrade that goes on. Each grader does this every few seconds. */
export async function continueRegrades(): Promise<void> {
  const running = await withDatabase((db) => regrades.listRunningRegrades(db))
  for (const { id } of running) {
    await inTransaction(async (db) => {
      const regrade = await regrades.lockRegrade(db, id)
      if (regrade && !regrade.stopped) await regrades.queueResults(db, id, QUEUED_AT_A_TIME)
    })
  }
}

/** Changes a regrade whose exercise is still the one that it grades against. */
async function changePresent(
  id: string, classId: string | null, change: (db: Queries, regrade: regrades.RegradeRow) => Promise<void>,
  mostMs?: number,
): Promise<void> {
  const catalogue = await reloadCatalogue()
  await inTransaction(async (db) => {
    const regrade = await lockExisting(db, id, classId)
    if (catalogue.findExercise(regrade.exercise)?.version !== regrade.versionHash) {
      throw new ProblemError('conflict', 'The exercise has changed since this regrade began. Start another one.')
    }
    await change(db, regrade)
  }, mostMs)
}

async function getPresent(slug: string) {
  const exercise = (await reloadCatalogue()).findExercise(slug)
  if (!exercise) throw new ProblemError('not-found', `There is no exercise "${slug}".`)
  return exercise
}

async function lockExisting(db: Queries, id: string, classId: string | null): Promise<regrades.RegradeRow> {
  const regrade = Id.safeParse(id).success ? await regrades.lockRegrade(db, id) : null
  if (!regrade || (classId && regrade.classId !== classId)) {
    throw new ProblemError('not-found', 'There is no such regrade.')
  }
  return regrade
}

/** Writes down what was done; of a class's regrade its instructors read it in the log of the class, too. */
function log(
  db: Queries, { id, classId }: Pick<regrades.RegradeRow, 'id' | 'classId'>, actorId: string | null,
  action: 'started' | 'stopped' | 'resumed' | 'applied', detail: Parameters<typeof writeAudit>[1]['detail'],
): Promise<void> {
  return writeAudit(db, { actorId, action: `regrade.${action}`, subject: id, ...(classId ? { classId } : {}), detail })
}

async function getView(db: Queries, id: string): Promise<RegradeView> {
  const row = await regrades.findRegrade(db, id)
  if (!row) throw new Error(`The regrade ${id} is gone`)
  return toView(row, (await regrades.countResults(db, [id])).get(id))
}

function toView(row: regrades.RegradeRow, submissions = NO_RESULTS): RegradeView {
  return {
    id: row.id,
    exercise: row.exercise,
    exerciseVersion: row.versionHash,
    state: stateOf(row, submissions),
    startedAt: row.startedAt.toISOString(),
    startedBy: row.starter?.name ?? null,
    appliedAt: row.appliedAt?.toISOString() ?? null,
    lowered: row.lowered,
    submissions: { total: submissions.total, graded: submissions.graded, failed: submissions.failed },
  }
}

function stateOf({ appliedAt, stopped }: regrades.RegradeRow, { total, graded }: regrades.RegradeCounts): RegradeState {
  if (appliedAt) return 'applied'
  if (graded === total) return 'graded'
  return stopped ? 'stopped' : 'running'
}

function toChange({ userId, name, change, oldScore, oldMax, oldPassed, ...effect }: Effect): RegradeChange {
  const isNew = oldScore === null || oldMax === null
  return {
    learner: { id: userId, name },
    change,
    before: isNew ? null : { score: oldScore, maxScore: oldMax, passed: oldPassed },
    after: { score: effect.newScore, maxScore: effect.newMax, passed: effect.newPassed },
  }
}
