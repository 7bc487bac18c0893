import type { Queries } from './client'
import { Prisma } from './generated/client'

/** How one learner stands before and after a regrade. */
export interface Effect {
  userId: string
  name: string
  /** Null for somebody without progress on the exercise. */
  oldScore: number | null
  oldMax: number | null
  oldPassed: boolean
  newScore: number
  newMax: number
  newPassed: boolean
  change: 'gain' | 'loss'
}

/*
 * The best that each learner of a regrade has when its results count. Of each submission counts the result of this
 * regrade; where that is missing or an error of ours, that of the latest regrade that was applied; else its verdict.
 * A score is lost only when the very submission on which it rests was graded again, to less.
 */
const effects = (regradeId: string) => Prisma.sql`
  regrade as (select id, exercise from regrades where id = ${regradeId}::uuid),
  learners as (
    select distinct s.user_id from regrade_results r join submissions s on s.id = r.submission_id
    where r.regrade_id = (select id from regrade)
  ), known as (
    select s.id, s.user_id, s.submitted_at, again.this_one,
      coalesce(again.verdict, v.verdict) as verdict, coalesce(again.score, v.score) as score,
      coalesce(again.max_score, v.max_score) as max_score
    from submissions s join verdicts v on v.submission_id = s.id
    left join lateral (
      select r.verdict, r.score, r.max_score, g.id = (select id from regrade) as this_one
      from regrade_results r join regrades g on g.id = r.regrade_id
      where r.submission_id = s.id and r.verdict in ('passed', 'failed')
        and (g.id = (select id from regrade) or g.applied_at is not null)
      order by g.id = (select id from regrade) desc, g.applied_at desc limit 1
    ) again on true
    where s.user_id in (select user_id from learners) and s.exercise = (select exercise from regrade)
  ), best as (
    select user_id, count(*)::int as attempts, max(score) as score,
      min(submitted_at) filter (where verdict = 'passed') as passed_at,
      (array_agg(id order by score desc, id))[1] as submission_id,
      (array_agg(max_score order by score desc, id))[1] as max_score
    from known where verdict <> 'error' group by user_id
  ), effects as (
    select best.*, p.best_score as old_score, p.max_score as old_max, p.first_passed_at as old_passed_at,
      case
        when best.score < p.best_score or (best.passed_at is null and p.first_passed_at is not null)
          then case
            when exists (select from known where known.id = p.best_submission_id and known.this_one) then 'loss'
          end
        when best.score > coalesce(p.best_score, 0) or (best.passed_at is not null and p.first_passed_at is null)
          then 'gain'
      end as change
    from best left join progress p on p.user_id = best.user_id and p.exercise = (select exercise from regrade)
  )`

/** The learners for whom a regrade changes something, losses first. */
export function listEffects(db: Queries, regradeId: string, limit: number): Promise<Effect[]> {
  return db.$queryRaw<Effect[]>`
    with ${effects(regradeId)}
    select user_id::text as "userId", u.name, old_score as "oldScore", old_max as "oldMax",
      old_passed_at is not null as "oldPassed", score as "newScore", max_score as "newMax",
      passed_at is not null as "newPassed", change
    from effects join users u on u.id = user_id
    where change is not null order by change desc, u.name, user_id limit ${limit}::int`
}

export async function countEffects(db: Queries, regradeId: string): Promise<{ gains: number; losses: number }> {
  const [row] = await db.$queryRaw<{ gains: number; losses: number }[]>`
    with ${effects(regradeId)}
    select (count(*) filter (where change = 'gain'))::int as gains,
      (count(*) filter (where change = 'loss'))::int as losses
    from effects`
  return row ?? { gains: 0, losses: 0 }
}

/**
 * Makes the effects part of the learners' progress: the gains, and with `lower` the losses too. Those that are made
 * have no effect any more. The learners are locked (lockLearners).
 */
export async function applyEffects(db: Queries, regradeId: string, lower: boolean): Promise<void> {
  await db.$executeRaw`
    with ${effects(regradeId)}
    insert into progress
      (user_id, exercise, best_score, max_score, attempts, best_submission_id, first_passed_at, updated_at)
    select user_id, (select exercise from regrade), score, max_score, attempts, submission_id, passed_at, now()
    from effects where change = 'gain' or (change = 'loss' and ${lower}::boolean)
    on conflict (user_id, exercise) do update set
      best_score = excluded.best_score, max_score = excluded.max_score,
      best_submission_id = excluded.best_submission_id,
      first_passed_at = case
        when excluded.best_score < progress.best_score or excluded.first_passed_at is null then excluded.first_passed_at
        else least(progress.first_passed_at, excluded.first_passed_at)
      end,
      updated_at = now()`
}
