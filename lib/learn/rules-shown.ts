import type { RulesHidden } from '@/lib/contract/verdict'
import type { Queries } from '@/lib/db/client'
import { listLearnerSets, type LearnerSet } from './learner-terms'

/** Exercises whose rules are kept back from a learner, by slug; those that are missing are shown in full. */
export type HiddenRules = ReadonlyMap<string, RulesHidden>

/**
 * Which of these exercises do not tell the learner the titles of their rules at present. Every set of their classes
 * with the exercise has its say from its opening on, and the strictest wins.
 */
export async function findHiddenRules(
  db: Queries, userId: string, exercises: readonly string[], now = Date.now(),
): Promise<HiddenRules> {
  const sets = await listLearnerSets(db, userId, [...new Set(exercises)])
  const hidden = new Map<string, RulesHidden>()
  for (const set of sets) {
    const own = hiddenBy(set, now)
    if (!own) continue
    for (const { exercise } of set.row.items) {
      const before = hidden.get(exercise)
      hidden.set(exercise, before ? stricter(before, own) : own)
    }
  }
  return hidden
}

function hiddenBy({ row, terms }: LearnerSet, now: number): RulesHidden | null {
  if (terms.opensAt > now || row.reveal === 'now') return null
  if (row.reveal === 'never') return { why: 'never', until: null }
  return now <= terms.dueAt ? { why: 'after-due', until: new Date(terms.dueAt).toISOString() } : null
}

function stricter(a: RulesHidden, b: RulesHidden): RulesHidden {
  if (a.until === null || b.until === null) return a.until === null ? a : b
  return Date.parse(a.until) >= Date.parse(b.until) ? a : b
}

/** That an editorial is kept back, and until when; null where that would tell of a set that has not opened. */
export interface EditorialHold {
  until: Date | null
}

/**
 * Whether the editorial of an exercise is kept back from the learner: until the last close, for them, of a published
 * set of their classes that contains it, opened or not. Null when there is none ahead.
 */
export async function findEditorialHold(
  db: Queries, userId: string, exercise: string, now = Date.now(),
): Promise<EditorialHold | null> {
  const ahead = (await listLearnerSets(db, userId, [exercise])).filter(({ terms }) => now <= terms.closesAt)
  if (ahead.length === 0) return null
  const isKnown = ahead.every(({ terms }) => terms.opensAt <= now)
  return { until: isKnown ? new Date(Math.max(...ahead.map(({ terms }) => terms.closesAt))) : null }
}
