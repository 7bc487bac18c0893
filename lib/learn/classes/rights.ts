import type { ClassRole } from '@/lib/contract/class'

/**
 * What may be done in a class, and by whom. The one table of this kind: every route and page asks it through
 * `enterClass`, and a test walks all of them with every role. Students act on what is their own and published only;
 * that is the part of each use case, not of this table.
 */
export const CLASS_RIGHTS = {
  /** See that the class is there, its name and dates, and the published sets. */
  'class.view': ['student', 'assistant', 'instructor'],
  /** See the leaderboards, as far as the class shows them. */
  'boards.view': ['student', 'assistant', 'instructor'],
  /** Have no name there, for oneself. */
  'boards.choose': ['student'],
  'class.settings': ['instructor'],
  'class.archive': ['instructor'],
  /** Who did what in the class, and when. */
  'class.log': ['instructor'],
  'people.view': ['assistant', 'instructor'],
  'people.manage': ['instructor'],
  /** Published sets, each student with their own dates and marks. */
  'sets.view': ['student', 'assistant', 'instructor'],
  'sets.view-drafts': ['assistant', 'instructor'],
  'sets.edit': ['instructor'],
  'exceptions.view': ['assistant', 'instructor'],
  'exceptions.edit': ['instructor'],
  /** Marks and submissions of everybody in the class, for the exercises of its sets. */
  'marks.view': ['assistant', 'instructor'],
  'marks.override': ['instructor'],
  'comments.write': ['assistant', 'instructor'],
  /** Take away what was said by those whose account is gone; all others look after their own. */
  'comments.clear': ['instructor'],
  'analytics.view': ['assistant', 'instructor'],
  'similarity.view': ['assistant', 'instructor'],
  'marks.export': ['instructor'],
  /** Grade the class's work again after tests have changed. */
  'regrades.view': ['instructor'],
  'regrades.run': ['instructor'],
} as const satisfies Record<string, readonly ClassRole[]>

export type ClassRight = keyof typeof CLASS_RIGHTS

/** Rights that change something: an archived class grants none of them, but to be brought back. */
const CHANGING: ReadonlySet<ClassRight> = new Set([
  'class.settings', 'people.manage', 'sets.edit', 'exceptions.edit', 'marks.override', 'comments.write',
  'comments.clear',
  'regrades.run',
])

/** Rights to change what leaderboards of the class rest on. */
const CHANGING_BOARDS: ReadonlySet<ClassRight> = new Set([
  'class.settings', 'class.archive', 'people.manage', 'sets.edit', 'exceptions.edit',
])

export function roleHas(role: ClassRole, right: ClassRight): boolean {
  return (CLASS_RIGHTS[right] as readonly ClassRole[]).includes(role)
}

export function isChanging(right: ClassRight): boolean {
  return CHANGING.has(right)
}

export function changesBoards(right: ClassRight): boolean {
  return CHANGING_BOARDS.has(right)
}
