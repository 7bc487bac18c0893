import type { Queries } from '../client'

/** An exercise of the catalogue with its topic. */
export interface Counted {
  exercise: string
  topic: string
}

/** Lets one process at a time tell the boards of the catalogue; the others wait until its transaction ends. */
const LOCK = 0x63617461

/** Tells boards which exercises there are. Those for which this changes something are pending from then on. */
export async function keepExercises(db: Queries, exercises: readonly Counted[]): Promise<void> {
  await db.$executeRaw`select pg_advisory_xact_lock(${LOCK}::bigint)`
  await db.$executeRaw`
    with present as (
      select * from unnest(${exercises.map(({ exercise }) => exercise)}::text[],
        ${exercises.map(({ topic }) => topic)}::text[]) as present (exercise, topic)
    ), gone as (
      update board_exercises b set counts = false, pending = true
      where counts and not exists (select from present p where p.exercise = b.exercise)
    )
    insert into board_exercises as b (exercise, topic, counts, pending) select exercise, topic, true, true from present
    on conflict (exercise) do update set topic = excluded.topic, counts = true, pending = true
    where (b.topic, b.counts) is distinct from (excluded.topic, true)`
}

export async function listPendingExercises(db: Queries): Promise<string[]> {
  const rows = await db.boardExercise.findMany({ where: { pending: true }, orderBy: { exercise: 'asc' } })
  return rows.map(({ exercise }) => exercise)
}

/** An exercise whose learners' places follow the catalogue now. */
export async function setFollowed(db: Queries, exercise: string): Promise<void> {
  await db.boardExercise.updateMany({ where: { exercise }, data: { pending: false } })
}
