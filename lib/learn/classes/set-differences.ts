import type { SetRow } from '@/lib/db/problem-sets'

/** A change as the audit log keeps it. */
export type Difference = { before: string | number | null; after: string | number | null }

/** What differs between two states of a set, by field; for the audit log. */
export function differencesOf(before: SetRow, after: SetRow): Record<string, Difference> {
  const [old, now] = [describe(before), describe(after)]
  const changed = Object.keys(now).filter((field) => old[field] !== now[field])
  return Object.fromEntries(changed.map((field) => [field, { before: old[field] ?? null, after: now[field] ?? null }]))
}

/** A set in values that can be compared and read. */
function describe(row: SetRow): Record<string, string | number | null> {
  return {
    title: row.title,
    intro: row.intro,
    opensAt: row.opensAt.toISOString(),
    dueAt: row.dueAt.toISOString(),
    closesAt: row.closesAt.toISOString(),
    latePolicy: JSON.stringify(sorted(row.latePolicy)),
    attemptLimit: row.attemptLimit,
    coolDownSeconds: row.coolDownSeconds,
    reveal: row.reveal,
    pickCount: row.pickCount,
    items: row.items.map(({ exercise, points, kind }) => `${exercise} ${points} ${kind}`).join(', '),
  }
}

/** The database gives the keys of JSON back in an order of its own. */
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted)
  if (typeof value !== 'object' || value === null) return value
  const entries = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1))
  return Object.fromEntries(entries.map(([key, each]) => [key, sorted(each)]))
}
