import { availableParallelism } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import { parseSettings } from '@/lib/auth/settings'

/*
 * Every environment variable that the processes read, but for those of sign-in (lib/auth/settings.ts):
 *
 *   PORT                 port of the site, default 3000
 *   HOST                 address it listens on, default 127.0.0.1; 0.0.0.0 opens it to the network
 *   HANDROLL_DATA        folder for the database and secrets, default .handroll/data
 *   DATABASE_URL         a Postgres 14 or newer to use instead of the one that comes along
 *   DATABASE_POOL_SIZE   connections that one process keeps at most, default 10
 *   EXERCISES_DIR        folder of the topics and exercises, default exercises
 *   GRADER_CONCURRENCY   submissions that one grader process grades at a time, default one for each core
 *   GRADER_LAYERS        hardening layers without which nothing is graded, by comma, or `all` (docs/operations.md);
 *                        default none: what the machine can do is used and told
 *   QUEUE_LIMIT_PER_USER submissions of one person that may wait to be graded, default 5
 *   QUEUE_LIMIT          submissions of all people that may wait to be graded, default 2000
 *   METRICS_PORT         port on which a grader serves its figures to Prometheus; none by default
 *   LOG_LEVEL            debug, info, warn or error; default info
 *
 * The entry points of this folder read them here and hand a complete, checked set down to the processes they start.
 */

const Port = z.coerce.number().int().min(1).max(65_535)
const Folder = (fallback: string) => z.string().trim().default(fallback).transform((folder) => path.resolve(folder))

const Environment = z.object({
  PORT: Port.default(3000),
  HOST: z.string().trim().default('127.0.0.1'),
  HANDROLL_DATA: Folder('.handroll/data'),
  DATABASE_URL: z.url({ protocol: /^postgres(ql)?$/, error: 'must look like postgres://user:password@host:5432/name' })
    .optional(),
  DATABASE_POOL_SIZE: z.coerce.number().int().min(2).max(1_000).default(10),
  EXERCISES_DIR: Folder('exercises'),
  GRADER_CONCURRENCY: z.coerce.number().int().min(1).max(256).default(availableParallelism()),
  GRADER_LAYERS: z.string().default('').transform((text) => text.split(',').map((name) => name.trim()).filter(Boolean)),
  QUEUE_LIMIT_PER_USER: z.coerce.number().int().min(1).max(1_000).default(5),
  QUEUE_LIMIT: z.coerce.number().int().min(1).max(1_000_000).default(2_000),
  METRICS_PORT: Port.optional(),
  LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error']).default('info'),
})

export interface Settings {
  port: number
  host: string
  /** Absolute, like all folders. */
  dataDir: string
  /** Null when the database that comes along is to be used. */
  databaseUrl: string | null
  databasePoolSize: number
  exercisesDir: string
  graderConcurrency: number
  /** Names of hardening layers, or `all`. */
  graderLayers: readonly string[]
  queueLimitPerUser: number
  queueLimit: number
  /** Null when no figures are served. */
  metricsPort: number | null
  logLevel: 'debug' | 'info' | 'warn' | 'error'
}

type Variables = Readonly<Record<string, string | undefined>>

/**
 * Reads the settings, and those of sign-in only to see that they are right; an empty variable counts as not set.
 * @throws Error that names every variable that is wrong and what it must be
 */
export function readSettings(environment: Variables = process.env): Settings {
  const present = Object.fromEntries(Object.entries(environment).filter(([, value]) => value?.trim()))
  const parsed = Environment.safeParse(present)
  const problems = (parsed.error?.issues ?? []).map(({ path, message }) => `${path.join('.')}: ${message}`)
  problems.push(...signInProblems(environment))
  if (!parsed.success || problems.length > 0) throw new Error(`A setting is wrong: ${problems.join('; ')}.`)
  const env = parsed.data
  return {
    port: env.PORT,
    host: env.HOST,
    dataDir: env.HANDROLL_DATA,
    databaseUrl: env.DATABASE_URL ?? null,
    databasePoolSize: env.DATABASE_POOL_SIZE,
    exercisesDir: env.EXERCISES_DIR,
    graderConcurrency: env.GRADER_CONCURRENCY,
    graderLayers: env.GRADER_LAYERS,
    queueLimitPerUser: env.QUEUE_LIMIT_PER_USER,
    queueLimit: env.QUEUE_LIMIT,
    metricsPort: env.METRICS_PORT ?? null,
    logLevel: env.LOG_LEVEL,
  }
}

function signInProblems(environment: Variables): string[] {
  try {
    parseSettings(environment)
    return []
  } catch (error) {
    return [error instanceof Error ? error.message : String(error)]
  }
}

/** The environment of a process that works on the database at `databaseUrl`. */
export function childEnvironment(settings: Settings, databaseUrl: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    PORT: String(settings.port),
    HOST: settings.host,
    HANDROLL_DATA: settings.dataDir,
    DATABASE_URL: databaseUrl,
    DATABASE_POOL_SIZE: String(settings.databasePoolSize),
    EXERCISES_DIR: settings.exercisesDir,
    GRADER_CONCURRENCY: String(settings.graderConcurrency),
    GRADER_LAYERS: settings.graderLayers.join(','),
    QUEUE_LIMIT_PER_USER: String(settings.queueLimitPerUser),
    QUEUE_LIMIT: String(settings.queueLimit),
    METRICS_PORT: settings.metricsPort === null ? undefined : String(settings.metricsPort),
    LOG_LEVEL: settings.logLevel,
  }
}
