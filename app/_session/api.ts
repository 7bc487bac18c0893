import { ProblemBody } from '@/lib/contract/problem'

/** Why a request to our own API failed: its problem, or that there was no answer at all. */
export interface ApiProblem {
  code: string
  retryAfterSeconds?: number
  issues: { path: string; rule: string; message?: string }[]
}

/** A failure is data: the form that asked shows it. */
export type ApiResult = { ok: true; data: unknown } | { ok: false; problem: ApiProblem }

const OFFLINE: ApiProblem = { code: 'offline', issues: [] }
const UNKNOWN: ApiProblem = { code: 'internal-error', issues: [] }

/** Sends JSON to a route of this site. Never throws. */
export function sendJson(method: 'POST' | 'PUT' | 'PATCH' | 'DELETE', path: string, body?: unknown): Promise<ApiResult> {
  const headers = { 'Content-Type': 'application/json' }
  return request(path, { method, headers, body: body === undefined ? undefined : JSON.stringify(body) })
}

/** Sends a form to a route of this site, as next-auth takes it. Never throws. */
export function sendForm(path: string, fields: Record<string, string>): Promise<ApiResult> {
  return request(path, { method: 'POST', body: new URLSearchParams(fields) })
}

/** Asks a route of this site. Never throws. */
export function getJson(path: string): Promise<ApiResult> {
  return request(path, {})
}

async function request(path: string, init: RequestInit): Promise<ApiResult> {
  try {
    const response = await fetch(path, { ...init, redirect: 'error' })
    const text = await response.text()
    const data: unknown = text === '' ? null : JSON.parse(text)
    if (response.ok) return { ok: true, data }
    const problem = ProblemBody.safeParse(data)
    return { ok: false, problem: problem.success ? { issues: [], ...problem.data.error } : UNKNOWN }
  } catch {
    return { ok: false, problem: OFFLINE }
  }
}
