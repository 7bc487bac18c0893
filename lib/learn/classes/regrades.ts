import type { Viewer } from '@/lib/contract/account'
import { ProblemError } from '@/lib/contract/problem'
import type { RegradeDetail, RegradeView } from '@/lib/contract/regrade'
import type { Queries } from '@/lib/db/client'
import { listSetRows } from '@/lib/db/problem-sets'
import { countRegradable } from '@/lib/db/regrades'
import { catalogue } from '../catalogue'
import * as regrades from '../regrades'
import { countUse } from './count-use'
import { enterClass } from './enter-class'
import type { ClassRight } from './rights'

/*
 * Regrades of a class's work by its instructors: those of lib/learn/regrades, limited to what students of the class
 * sent for its published sets. They run against the tests as the site has them; nobody brings tests of their own.
 */

type Person = Pick<Viewer, 'id' | 'role'>

/** An exercise whose tests have changed since students of the class submitted. */
export interface OutdatedExercise {
  exercise: string
  /** Submissions that would be graded again. */
  submissions: number
}

/** The regrades of the class, the last one first. */
export async function listClassRegrades(viewer: Person, classId: string): Promise<RegradeView[]> {
  await check(viewer, classId, 'regrades.view')
  return regrades.listRegrades(classId)
}

/** One of them, as far as it has come; null when the class has none such. */
export async function findClassRegrade(viewer: Person, classId: string, id: string): Promise<RegradeDetail | null> {
  await check(viewer, classId, 'regrades.view')
  return regrades.findRegrade(id, classId)
}

/** The exercises of the class's published sets that a regrade would find something to do for, by name. */
export async function listOutdatedExercises(viewer: Person, classId: string): Promise<OutdatedExercise[]> {
  const { findExercise } = await catalogue()
  return enterClass(viewer, classId, 'regrades.view', async (db) => {
    const versions = (await listExercises(db, classId)).flatMap((exercise) => {
      const versionHash = findExercise(exercise)?.version
      return versionHash ? [{ exercise, versionHash }] : []
    })
    const counts = await countRegradable(db, classId, versions)
    return [...counts].map(([exercise, submissions]) => ({ exercise, submissions })).sort(byExercise)
  })
}

/**
 * Begins a dry run; see startRegrade.
 * @throws ProblemError also `not-found` for an exercise of no published set, and `too-many-requests`
 */
export async function startClassRegrade(viewer: Person, classId: string, exercise: string): Promise<RegradeView> {
  const exercises = await enterClass(viewer, classId, 'regrades.run', (db) => listExercises(db, classId))
  if (!exercises.includes(exercise)) {
    throw new ProblemError('not-found', 'No published set of this class has this exercise.')
  }
  await countUse({ userId: viewer.id }, 'regrade')
  return regrades.startRegrade(viewer.id, exercise, classId)
}

/** Interrupts a regrade of the class, or goes on with it. */
export async function setClassRegradeState(
  viewer: Person, classId: string, id: string, state: 'running' | 'stopped',
): Promise<void> {
  await check(viewer, classId, 'regrades.run')
  await (state === 'stopped' ? regrades.stopRegrade : regrades.resumeRegrade)(viewer.id, id, classId)
}

/** Makes the results of a regrade part of the students' marks and progress; see applyRegrade. */
export async function applyClassRegrade(viewer: Person, classId: string, id: string, lower: boolean): Promise<void> {
  await check(viewer, classId, 'regrades.run')
  await regrades.applyRegrade(viewer.id, id, lower, classId)
}

function check(viewer: Person, classId: string, right: ClassRight): Promise<void> {
  return enterClass(viewer, classId, right, async () => {})
}

async function listExercises(db: Queries, classId: string): Promise<string[]> {
  const sets = await listSetRows(db, classId, { published: true })
  return [...new Set(sets.flatMap(({ items }) => items.map(({ exercise }) => exercise)))]
}

function byExercise(a: OutdatedExercise, b: OutdatedExercise): number {
  return a.exercise < b.exercise ? -1 : 1
}
