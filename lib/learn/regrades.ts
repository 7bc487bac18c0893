import { z } from 'zod'
import { ProblemError } from '@/lib/contract/problem'
import type { RegradeChange, RegradeDetail, RegradeState, RegradeView } from '@/lib/contract/regrade'
import { listAudit, writeAudit } from '@/lib/db/audit'
import type { Queries } from '@/lib/db/client'
import { applyEffects, countEffects, listEffects, type Effect } from '@/lib/db/regrade-effects'
import * as regrades from '@/lib/db/regrades'
import { keepVersion } from '@/lib/db/versions'
import { reloadCatalogue } from './catalogue'
import { inTransaction, withDatabase } from './database'
import { toVersion } from './versions'

const Id = z.uuid()

/** Most regrades, changes and log entries that are shown. */
const MAX_REGRADES = 50
const MAX_CHANGES = 500
const MAX_LOG = 50

/** Submissions of one regrade that have a job at a time. More follow as graders report, every few seconds. */
const QUEUED_AT_A_TIME = 300

const NO_RESULTS: regrades.RegradeCounts = { total: 0, graded: 0, failed: 0 }

/**
 * Begins a dry run: every submission of the exercise whose verdict is of another version, or was an error, is graded
 * against the present one, after all submissions that somebody waits for. It changes nobody's score.
 * @throws ProblemError `not-found`, or `conflict` while another one of the exercise goes on or when there is nothing to do
 */
export async function startRegrade(adminId: string, slug: string): Promise<RegradeView> {
  const exercise = await getPresent(slug)
  return inTransaction(async (db) => {
    await keepVersion(db, toVersion(exercise))
    const running = await regrades.listRunningRegrades(db)
    if (running.some((each) => each.exercise === slug)) {
      throw new ProblemError('conflict', 'Another regrade of this exercise goes on. Stop it, or wait for its end.')
    }
    const regrade = { exercise: slug, versionHash: exercise.version, startedBy: adminId }
    const { id, total } = await regrades.createRegrade(db, regrade)
    if (total === 0) {
      throw new ProblemError('nothing-to-regrade', 'Every submission of this exercise has a verdict of its present version.')
    }
    await writeAudit(db, { actorId: adminId, action: 'regrade.started', subject: id, detail: { exercise: slug, total } })
    await regrades.queueResults(db, id, QUEUED_AT_A_TIME)
    return getView(db, id)
  })
}

/** The latest regrades, the last one first. */
export async function listRegrades(): Promise<RegradeView[]> {
  return withDatabase(async (db) => {
    const rows = await regrades.listRegrades(db, MAX_REGRADES)
    const counts = await regrades.countResults(db, rows.map(({ id }) => id))
    return rows.map((row) => toView(row, counts.get(row.id)))
  })
}

/** One of them with what it means for whom, as far as it has come; null when there is none. */
export async function findRegrade(id: string): Promise<RegradeDetail | null> {
  if (!Id.safeParse(id).success) return null
  return withDatabase(async (db) => {
    if (!(await regrades.findRegrade(db, id))) return null
    const [view, effects, changes, log] = await Promise.all([
      getView(db, id), countEffects(db, id), listEffects(db, id, MAX_CHANGES), listAudit(db, id, MAX_LOG),
    ])
    return {
      ...view,
      ...effects,
      changes: changes.map(toChange),
      log: log.map(({ at, actor, action, detail }) => {
        return { at: at.toISOString(), actor: actor?.name ?? null, action, detail: z.record(z.string(), z.unknown()).parse(detail) }
      }),
    }
  })
}

/** Interrupts a regrade; what has its result keeps it. @param actorId null when the program does it of itself */
export async function stopRegrade(actorId: string | null, id: string): Promise<void> {
  await inTransaction(async (db) => {
    const regrade = await lockExisting(db, id)
    if (regrade.stopped) return
    await regrades.setStopped(db, id, true)
    await writeAudit(db, { actorId, action: 'regrade.stopped', subject: id, detail: {} })
  })
}

/** Goes on with a regrade that was stopped. @throws ProblemError `conflict` when the exercise has changed since */
export async function resumeRegrade(adminId: string, id: string): Promise<void> {
  await changePresent(id, async (db, regrade) => {
    if (!regrade.stopped) return
    await regrades.setStopped(db, id, false)
    await writeAudit(db, { actorId: adminId, action: 'regrade.resumed', subject: id, detail: {} })
    await regrades.queueResults(db, id, QUEUED_AT_A_TIME)
  })
}

/**
 * Makes the results part of the learners' progress. Scores and passes that would be lost are kept, unless `lower` says
 * so. May be repeated: what was applied before is not applied again.
 * @throws ProblemError `conflict` while submissions wait for their result, or when the exercise has changed since
 */
export async function applyRegrade(adminId: string, id: string, lower: boolean): Promise<void> {
  await changePresent(id, async (db) => {
    const { total, graded } = (await regrades.countResults(db, [id])).get(id) ?? NO_RESULTS
    if (graded < total) throw new ProblemError('conflict', 'Not every submission has its result. Let the regrade end first.')
    const { gains, losses } = await countEffects(db, id)
    await applyEffects(db, id, lower)
    await regrades.setApplied(db, id, lower)
    const detail = { lower, raised: gains, lowered: lower ? losses : 0, kept: lower ? 0 : losses }
    await writeAudit(db, { actorId: adminId, action: 'regrade.applied', subject: id, detail })
  })
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
async function changePresent(id: string, change: (db: Queries, regrade: regrades.RegradeRow) => Promise<void>): Promise<void> {
  const catalogue = await reloadCatalogue()
  await inTransaction(async (db) => {
    const regrade = await lockExisting(db, id)
    if (catalogue.findExercise(regrade.exercise)?.version !== regrade.versionHash) {
      throw new ProblemError('conflict', 'The exercise has changed since this regrade began. Start another one.')
    }
    await change(db, regrade)
  })
}

async function getPresent(slug: string) {
  const exercise = (await reloadCatalogue()).findExercise(slug)
  if (!exercise) throw new ProblemError('not-found', `There is no exercise "${slug}".`)
  return exercise
}

async function lockExisting(db: Queries, id: string): Promise<regrades.RegradeRow> {
  const regrade = Id.safeParse(id).success ? await regrades.lockRegrade(db, id) : null
  if (!regrade) throw new ProblemError('not-found', 'There is no such regrade.')
  return regrade
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

function toChange({ userId, name, change, oldScore, oldMax, ...effect }: Effect): RegradeChange {
  return {
    learner: { id: userId, name },
    change,
    before: oldScore === null || oldMax === null ? null : { score: oldScore, maxScore: oldMax, passed: effect.oldPassed },
    after: { score: effect.newScore, maxScore: effect.newMax, passed: effect.newPassed },
  }
}
