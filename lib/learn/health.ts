import { GraderHealth, type Health } from '@/lib/contract/health'
import { database, type Database } from '@/lib/db/client'
import { isUnavailable } from '@/lib/db/errors'
import { isAlive, listGraders, type GraderRow } from '@/lib/db/graders'
import { readMigrations } from '@/lib/db/migrate/folders'
import { migrationState } from '@/lib/db/migrate/state'
import { measureQueue } from '@/lib/db/submissions'
import { catalogue, countContentProblems } from './catalogue'

/** What works at this moment. Never throws for a part that does not: that is the answer. */
export async function health(): Promise<Health> {
  const content = await contentHealth()
  try {
    return { ...(await databaseHealth(database())), content }
  } catch (error) {
    if (!isUnavailable(error)) throw error
    const unknown = { migrations: null, graders: null, queue: null }
    return { status: 'down', database: { reachable: false }, ...unknown, content }
  }
}

async function contentHealth(): Promise<Health['content']> {
  const { topics } = await catalogue()
  const exercises = topics.reduce((sum, topic) => sum + topic.exercises.length, 0)
  return { exercises, problems: await countContentProblems() }
}

async function databaseHealth(db: Database): Promise<Omit<Health, 'content'>> {
  const { pending, failed } = await migrationState((sql) => db.$queryRawUnsafe(sql), await readMigrations())
  const migrations = { upToDate: pending.length + failed.length === 0, pending: [...failed, ...pending] }
  // Without its tables there is nothing more to ask.
  if (!migrations.upToDate) {
    return { status: 'down', database: { reachable: true }, migrations, graders: null, queue: null }
  }
  const [graders, queue] = await Promise.all([listGraders(db), measureQueue(db)])
  const seen = graders.map(graderHealth)
  return {
    status: seen.some(({ alive }) => alive) ? 'ok' : 'degraded',
    database: { reachable: true },
    migrations,
    graders: seen,
    queue: {
      queued: queue.queued,
      grading: queue.grading,
      oldestSeconds: queue.oldest && toSeconds(Date.now() - queue.oldest.getTime()),
    },
  }
}

function graderHealth({ concurrency, runtimeVersion, layers, silentMs }: GraderRow): GraderHealth {
  const alive = isAlive({ silentMs })
  const silentSeconds = toSeconds(silentMs)
  return { concurrency, runtimeVersion, layers: GraderHealth.shape.layers.parse(layers), silentSeconds, alive }
}

/** With one decimal; never below zero, whatever the clocks say. */
function toSeconds(ms: number): number {
  return Math.max(0, Math.round(ms / 100) / 10)
}
