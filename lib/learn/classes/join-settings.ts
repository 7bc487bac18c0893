import type { Viewer } from '@/lib/contract/account'
import type { JoinSettingsBody, JoinView } from '@/lib/contract/class'
import { updateClass, type ClassRow } from '@/lib/db/classes'
import { instantOf, localOf } from '@/lib/marks/local-time'
import { changeClass, enterClass } from './enter-class'
import { newJoinCode } from './join-code'
import { logChange } from './log-change'

type Person = Pick<Viewer, 'id' | 'role'>

/** How people join the class by code. @throws ProblemError as enterClass; nobody joins an archived class */
export function getJoin(viewer: Person, classId: string): Promise<JoinView> {
  return enterClass(viewer, classId, 'people.manage', async (_, entry) => toJoinView(entry.class))
}

/** Opens or closes the class to those who have the code, at once and from an end on. */
export function changeJoin(viewer: Person, classId: string, { open, until }: JoinSettingsBody): Promise<JoinView> {
  return changeClass(viewer, classId, 'people.manage', async (db, entry) => {
    const joinUntil = until === null ? null : new Date(instantOf(until, entry.class.timeZone))
    await logChange(db, entry, 'class.join-changed', { open, until: joinUntil?.toISOString() ?? null })
    return toJoinView(await updateClass(db, classId, { joinOpen: open, joinUntil }))
  })
}

/** Draws another code; the one before is worth nothing from now on. */
export function rotateJoinCode(viewer: Person, classId: string): Promise<JoinView> {
  return changeClass(viewer, classId, 'people.manage', async (db, entry) => {
    await logChange(db, entry, 'class.join-code-rotated', {})
    return toJoinView(await updateClass(db, classId, { joinCode: newJoinCode() }))
  })
}

function toJoinView({ joinCode, joinOpen, joinUntil, timeZone }: ClassRow): JoinView {
  return {
    code: joinCode,
    open: joinOpen,
    until: joinUntil?.toISOString() ?? null,
    untilLocal: joinUntil && localOf(joinUntil.getTime(), timeZone),
  }
}
