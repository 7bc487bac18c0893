import type { Queries } from './client'

/** Votes once, however often it is called. */
export async function addVote(db: Queries, userId: string, exercise: string, programHash: string): Promise<void> {
  await db.solutionVote.createMany({ data: [{ userId, exercise, programHash }], skipDuplicates: true })
}

export async function removeVote(db: Queries, userId: string, exercise: string, programHash: string): Promise<void> {
  await db.solutionVote.deleteMany({ where: { userId, exercise, programHash } })
}

/** For which of these programs the user has voted. */
export async function listVotesOf(
  db: Queries, userId: string, exercise: string, programs: readonly string[],
): Promise<ReadonlySet<string>> {
  const rows = await db.solutionVote.findMany({
    where: { userId, exercise, programHash: { in: [...programs] } }, select: { programHash: true },
  })
  return new Set(rows.map(({ programHash }) => programHash))
}
