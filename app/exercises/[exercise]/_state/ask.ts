import '@/lib/contract/jitless'
import type { z } from 'zod'
import type { ApiProblem, ApiResult } from '../../../_session/api'

export type Answer<T> = { ok: true; value: T } | { ok: false; problem: ApiProblem }

/** Awaits an answer of the API and parses it. An answer that is not what it should be counts as none. */
export async function ask<T>(schema: z.ZodType<T>, request: Promise<ApiResult>): Promise<Answer<T>> {
  const result = await request
  if (!result.ok) return result
  const parsed = schema.safeParse(result.data)
  return parsed.success ? { ok: true, value: parsed.data } : { ok: false, problem: { code: 'offline', issues: [] } }
}
