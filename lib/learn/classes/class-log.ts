import { z } from 'zod'
import type { Viewer } from '@/lib/contract/account'
import {
  MAX_CLASS_LOG, type ClassLogEntry, type ClassLogKind, type ClassLogPage,
} from '@/lib/contract/class-log'
import { Id } from '@/lib/contract/id'
import { listClassAudit, type ClassAuditRow } from '@/lib/db/audit'
import { findClassNames } from '@/lib/db/class-names'
import { catalogue } from '../catalogue'
import { enterClass } from './enter-class'
import { nameOf } from './students'

export interface ClassLogQuery {
  /** Default all. */
  kind?: ClassLogKind
  /** Id of the last entry of the page before. */
  before?: string
  /** At most MAX_CLASS_LOG, which is also the default. */
  limit?: number
}

/** Actions by kind; those that end in a dot or hyphen begin so. */
const ACTIONS: Record<ClassLogKind, readonly string[]> = {
  people: ['class.joined', 'class.invited', 'class.invitation-', 'class.member-', 'class.roster-', 'class.section-'],
  sets: ['set.'],
  exceptions: ['exception.', 'exceptions.'],
  marks: ['class.mark-', 'class.comment-', 'regrade.'],
  exports: ['class.exported'],
  settings: [
    'class.created', 'class.settings-', 'class.boards-', 'class.archived', 'class.brought-back', 'class.join-',
  ],
}

/** What an entry may say of ids; everything else is for the reader as it is. */
const Named = z.object({
  user: Id.optional(), student: Id.optional(), section: Id.nullable().optional(), item: Id.optional(),
  set: Id.optional(), kind: z.enum(['student', 'section']).optional(), id: Id.optional(), title: z.string().optional(),
}).catch({})

/** Who did what in the class, and when, the latest first. For its instructors. */
export async function listClassLog(
  viewer: Pick<Viewer, 'id' | 'role'>, classId: string, { kind, before, limit = MAX_CLASS_LOG }: ClassLogQuery,
): Promise<ClassLogPage> {
  const { findExercise } = await catalogue()
  return enterClass(viewer, classId, 'class.log', async (db) => {
    if (before !== undefined && !Id.safeParse(before).success) return { entries: [], next: null }
    const size = Math.max(1, Math.min(limit, MAX_CLASS_LOG))
    // One more than is shown tells whether there is a next page.
    const rows = await listClassAudit(db, classId, { actions: kind ? ACTIONS[kind] : [], before, limit: size + 1 })
    const shown = rows.slice(0, size).map((row) => ({ row, ids: idsOf(row) }))
    const wanted = (key: keyof Ids) => [...new Set(shown.flatMap(({ ids }) => ids[key] ?? []))]
    const names = await findClassNames(db, classId, {
      users: wanted('user'), sections: wanted('section'), sets: wanted('set'), items: wanted('item'),
    })
    const entries = shown.map(({ row, ids }): ClassLogEntry => {
      const { id, at, actor, action, detail } = row
      const person = ids.user === null ? undefined : names.users.get(ids.user)
      const item = ids.item === null ? undefined : names.items.get(ids.item)
      const title = ids.set === null ? undefined : (names.sets.get(ids.set) ?? ids.title)
      return {
        id, action,
        at: at.toISOString(),
        actor: actor?.name ?? null,
        person: person ? nameOf(person) : null,
        section: (ids.section === null ? null : names.sections.get(ids.section)) ?? null,
        set: item?.set ?? (title === undefined ? null : { id: names.sets.has(ids.set ?? '') ? ids.set : null, title }),
        exercise: item ? { slug: item.exercise, title: findExercise(item.exercise)?.manifest.title ?? null } : null,
        detail: z.record(z.string(), z.unknown()).catch({}).parse(detail),
      }
    })
    return { entries, next: rows.length > size ? (entries.at(-1)?.id ?? null) : null }
  })
}

interface Ids {
  user: string | null
  section: string | null
  set: string | null
  item: string | null
}

/** Of whom and what an entry speaks. */
function idsOf({ action, subject, detail }: ClassAuditRow): Ids & { title?: string } {
  const { user, student, section, item, set, kind, id, title } = Named.parse(detail)
  const isOfSet = action.startsWith('set.') || action.startsWith('exception')
  return {
    user: user ?? student ?? (kind === 'student' ? id : undefined) ?? null,
    section: section ?? (kind === 'section' ? id : undefined) ?? null,
    set: (isOfSet ? subject : set) ?? null,
    item: item ?? null,
    title,
  }
}
