import { z } from 'zod'

/** One grader process, as far as everybody may know. */
export const GraderHealth = z.strictObject({
  /** Submissions it grades at the same time. */
  concurrency: z.number().int(),
  runtimeVersion: z.string(),
  /** Hardening layers, and whether its own probe found each in force. */
  layers: z.record(z.string(), z.boolean()),
  /** Since it was last heard of. */
  silentSeconds: z.number(),
  alive: z.boolean(),
})
export type GraderHealth = z.infer<typeof GraderHealth>

/** Body of GET /api/health. `degraded`: pages work, but something that graded submissions need does not. */
export const Health = z.strictObject({
  status: z.enum(['ok', 'degraded', 'down']),
  database: z.strictObject({ reachable: z.boolean() }),
  /** Null when the database does not answer. `pending` names migrations that have not run. */
  migrations: z.strictObject({ upToDate: z.boolean(), pending: z.array(z.string()) }).nullable(),
  graders: z.array(GraderHealth).nullable(),
  queue: z
    .strictObject({
      queued: z.number().int(),
      grading: z.number().int(),
      /** How long the oldest one has waited; null when none waits. */
      oldestSeconds: z.number().nullable(),
    })
    .nullable(),
  content: z.strictObject({ exercises: z.number().int(), problems: z.number().int() }),
})
export type Health = z.infer<typeof Health>
