import { Prisma } from '../generated/client'
import { FIRST_DAY, PUBLIC_ZONE } from './boards'
import { standingOf } from './standing'

/*
 * What leaderboards should say, as SQL over the gains: which of them count on which board, and for whom that makes
 * which standing. Everything that brings boards up to date starts here.
 *
 * Weeks are those of ISO 8601. Boards of everybody count days in UTC, so that they are the same for all who compare
 * them; those of a class in its time zone.
 */

/** Boards whose entries belong to some learners, or to some classes. */
export interface DueOf {
  /** Condition on `score_gains g`, for everybody's boards; none leaves them out. */
  everyone: Prisma.Sql | null
  /** Condition on `class_members m` and `classes c`. */
  classes: Prisma.Sql
}

/** SQL of a query for `scope`, `of`, `span`, `starts`, `class_id`, `section_id`, `set_id`, `user_id`, `shown`, `standing`. */
export function dueEntries(due: DueOf): Prisma.Sql {
  return Prisma.sql`
    select scope, of, span, starts, class_id, section_id, set_id, user_id, shown,
      ${standingOf(Prisma.sql`sum(points)`, Prisma.sql`max(at)`)} as standing
    from (${countedGains(due)}) counted
    group by scope, of, span, starts, class_id, section_id, set_id, user_id, shown`
}

/** SQL of a query for the gains behind those entries, each once for every board: also `exercise`, `submission_id`, `points`, `at`. */
export function countedGains({ everyone, classes }: DueOf): Prisma.Sql {
  return everyone ? Prisma.sql`${publicGains(everyone)} union all (${classGains(classes)})` : classGains(classes)
}

function publicGains(condition: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    select scope.scope, scope.of, span.span, span.starts,
      null::uuid as class_id, null::uuid as section_id, null::uuid as set_id, g.user_id, g.exercise, g.submission_id,
      g.points, g.at,
      u.on_boards and u.suspended_at is null and u.barred_at is null as shown
    from score_gains g
    join board_exercises e on e.exercise = g.exercise and e.counts
    join users u on u.id = g.user_id
    cross join lateral (values ('everyone'::board_scope, ''), ('topic', e.topic)) scope (scope, of)
    cross join lateral ${spansOf(Prisma.sql`${PUBLIC_ZONE}::text`)}
    where ${condition}`
}

/**
 * On the boards of a class its students count, with the exercises of its sets that have opened: submissions until the
 * set closes for the student, and of those who are exempt none. An exercise of two sets counts once for the class.
 *
 * In steps that are planned each for itself: to find the best order of so many tables takes longer than all the rest.
 */
function classGains(condition: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`
    with students as materialized (
      select m.user_id, m.class_id, m.section_id, c.time_zone, c.archived_at,
        not m.off_boards and u.suspended_at is null and u.barred_at is null as shown
      from class_members m
      join classes c on c.id = m.class_id and c.board_mode <> 'off'
      join users u on u.id = m.user_id
      where ${condition} and m.role = 'student' and m.removed_at is null
    ), open_sets as materialized (
      select s.*, p.id as set_id, least(s.archived_at, greatest(
        p.closes_at, p.due_at, own.due_at, own.closes_at, theirs.due_at, theirs.closes_at
      )) as ends
      from students s
      join problem_sets p on p.class_id = s.class_id and p.on_boards
      left join set_exceptions own on own.set_id = p.id and own.user_id = s.user_id
      left join set_exceptions theirs on own.id is null and theirs.set_id = p.id and theirs.section_id = s.section_id
      where not coalesce(own.exempt, theirs.exempt, false)
    )
    select distinct scope.scope, scope.of::text, span.span, span.starts,
      s.class_id, scope.section_id, scope.set_id, s.user_id, g.exercise, g.submission_id, g.points, g.at, s.shown
    from open_sets s
    join problem_set_items i on i.set_id = s.set_id
    join board_exercises e on e.exercise = i.exercise and e.counts
    cross join lateral (
      select * from score_gains where user_id = s.user_id and exercise = i.exercise and at <= s.ends offset 0
    ) g
    cross join lateral (
      values ('class'::board_scope, s.class_id, null::uuid, null::uuid), ('section', s.section_id, s.section_id, null),
        ('set', s.set_id, null, s.set_id)
    ) scope (scope, of, section_id, set_id)
    cross join lateral ${spansOf(Prisma.sql`s.time_zone`)}
    where scope.of is not null`
}

/** The three spans that the moment `g.at` lies in by the clocks of a zone. */
function spansOf(zone: Prisma.Sql): Prisma.Sql {
  return Prisma.sql`(
    values ('all'::board_span, ${FIRST_DAY}::date), ('month', date_trunc('month', g.at at time zone ${zone})::date),
      ('week', date_trunc('week', g.at at time zone ${zone})::date)
  ) span (span, starts)`
}
