import type { Queries } from './client'

/** What a grader process says of itself. */
export interface Heartbeat {
  id: string
  host: string
  pid: number
  concurrency: number
  runtimeVersion: string
  layers: Record<string, boolean>
  workerIds: string[]
}

/** A grader that has not been heard of for this long is taken for dead, milliseconds. */
export const DEAD_AFTER_MS = 15_000

/**
 * Whether a grader is taken for alive. One that was heard of in the future is not: the database's clock was set back,
 * and who lives says so anew within seconds.
 */
export function isAlive({ silentMs }: Pick<GraderRow, 'silentMs'>): boolean {
  return Math.abs(silentMs) <= DEAD_AFTER_MS
}

/** Says that the grader is alive. The time is the database's. */
export async function saveHeartbeat(db: Queries, heartbeat: Heartbeat): Promise<void> {
  const { id, host, pid, concurrency, runtimeVersion, layers, workerIds } = heartbeat
  await db.$executeRaw`
    insert into graders (id, host, pid, concurrency, runtime_version, layers, worker_ids, seen_at)
    values (${id}::uuid, ${host}, ${pid}, ${concurrency}, ${runtimeVersion}, ${JSON.stringify(layers)}::jsonb,
      ${workerIds}::text[], now())
    on conflict (id) do update set
      worker_ids = excluded.worker_ids, layers = excluded.layers, seen_at = excluded.seen_at`
}

/** A grader that has not said goodbye. */
export interface GraderRow {
  id: string
  host: string
  pid: number
  concurrency: number
  runtimeVersion: string
  layers: unknown
  workerIds: string[]
  /** Since its last sign of life, by the database's clock. */
  silentMs: number
}

/** All graders that have not said goodbye, the latest heard of first. */
export function listGraders(db: Queries): Promise<GraderRow[]> {
  return db.$queryRaw<GraderRow[]>`
    select id::text, host, pid, concurrency, runtime_version as "runtimeVersion", layers, worker_ids as "workerIds",
      extract(epoch from now() - seen_at)::float8 * 1000 as "silentMs"
    from graders order by seen_at desc`
}

/** Forgets graders that have stopped or are dead. */
export async function deleteGraders(db: Queries, ids: string[]): Promise<void> {
  await db.grader.deleteMany({ where: { id: { in: ids } } })
}
