import type { Queries } from '@/lib/db/client'
import type { Random } from '@/lib/runtime/test-api/random'
import { identifyProgram } from '@/lib/similarity/same-program'

/** Students who share a solution of an exercise, and those who vote for a program of one. */
const SHARERS = 0.06
const VOTERS = 0.04

interface Pass {
  userId: string
  exercise: string
  submissionId: string
}

/** Lets some students share their first passing solution of an exercise, without a name, and others vote for them. */
export async function shareSolutions(db: Queries, studentIds: readonly string[], random: Random): Promise<void> {
  const passes = await db.$queryRaw<Pass[]>`
    select distinct on (s.user_id, s.exercise) s.user_id::text as "userId", s.exercise, s.id::text as "submissionId"
    from submissions s join verdicts v on v.submission_id = s.id
    where s.user_id = any(${[...studentIds]}::uuid[]) and v.verdict = 'passed'
    order by s.user_id, s.exercise, s.submitted_at`
  const chosen = passes.filter(() => random.next() < SHARERS)
  const submissions = await db.submission.findMany({
    where: { id: { in: chosen.map(({ submissionId }) => submissionId) } },
    select: { id: true, userId: true, exercise: true, source: true, submittedAt: true },
  })
  const shared = submissions.map(({ id: submissionId, userId, exercise, source, submittedAt: sharedAt }) => {
    const { hash: programHash, length } = identifyProgram(source)
    return { userId, exercise, submissionId, programHash, length, sharedAt }
  })
  await db.sharedSolution.createMany({ data: shared })
  const owners = new Set(shared.map(({ userId, exercise }) => `${userId} ${exercise}`))
  const programs = [...new Map(shared.map((each) => [`${each.exercise} ${each.programHash}`, each])).values()]
  await db.solutionVote.createMany({
    data: programs.flatMap(({ exercise, programHash }) => {
      const voters = passes.filter((pass) => pass.exercise === exercise && !owners.has(`${pass.userId} ${exercise}`))
      return voters.filter(() => random.next() < VOTERS).map(({ userId }) => ({ userId, exercise, programHash }))
    }),
  })
}
