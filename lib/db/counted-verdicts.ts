import { TAKES_ATTEMPT } from './attempt-numbers'
import { Prisma } from './generated/client'

/**
 * SQL of a query for the graded submissions among `submissions s` that fulfil `condition`, each with the score that
 * counts: `id`, `user_id`, `exercise`, `submitted_at`, `score`, `max_score`, `share`, the part of the full score, the
 * `version_hash` of the exercise whose tests gave it, and whether it `takes_attempt`, which a regraded error does not.
 *
 * That is the score of the submission's verdict, or of a regrade that was applied: one that lowers takes the place of
 * all before it, any other only of what is less. Errors of ours are no gradings, and count for nothing. Shares are
 * exact enough to be compared: two fractions of small whole numbers are the same double only if they are equal.
 */
export function countedVerdicts(condition: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    with regraded as (
      select distinct on (submission_id) submission_id, version_hash, score, max_score, share,
        lowered_at is not null as replaces
      from (
        select r.submission_id, g.version_hash, r.score, r.max_score, ${share('r')} as share, g.applied_at,
          max(g.applied_at) filter (where g.lowered) over (partition by r.submission_id) as lowered_at
        from regrades g join regrade_results r on r.regrade_id = g.id join submissions s on s.id = r.submission_id
        where g.applied_at is not null and r.verdict in ('passed', 'failed') and ${condition}
      ) applied
      where applied_at >= coalesce(lowered_at, '-infinity')
      order by submission_id, share desc, applied_at
    )
    select s.id, s.user_id, s.exercise, s.submitted_at,
      case when again then r.version_hash else s.version_hash end as version_hash,
      case when again then r.score else v.score end as score,
      case when again then r.max_score else v.max_score end as max_score,
      case when again then r.share else ${share('v')} end as share,
      ${TAKES_ATTEMPT} as takes_attempt
    from submissions s join verdicts v on v.submission_id = s.id
    left join regraded r on r.submission_id = s.id
    cross join lateral (
      select r.submission_id is not null and (r.replaces or v.verdict = 'error' or r.share > ${share('v')}) as again
    ) which
    where ${condition} and (v.verdict <> 'error' or again)`
}

function share(table: 'r' | 'v'): Prisma.Sql {
  const name = Prisma.raw(table)
  return Prisma.sql`coalesce(${name}.score::float8 / nullif(${name}.max_score, 0), 0)`
}
