import type { Difficulty } from '@/lib/contract/exercise'
import type { Localized } from '@/lib/contract/localized'
import type { Queries } from './client'

/** What is kept of one content hash of an exercise, so that old verdicts stay readable when its files are gone. */
export interface NewVersion {
  hash: string
  exercise: string
  title: Localized
  difficulty: Difficulty
  maxScore: number
}

/** Writes the version down unless it is known; a known one is never changed. */
export async function keepVersion(db: Queries, version: NewVersion): Promise<void> {
  await db.exerciseVersion.createMany({ data: [version], skipDuplicates: true })
}

/** Locks a version until the transaction ends, so that one person at a time begins a regrade. Submitting goes on. */
export async function lockVersion(db: Queries, hash: string): Promise<void> {
  await db.$queryRaw`select 1 as locked from exercise_versions where hash = ${hash} for no key update`
}
