import { LocalDraft, type DraftTexts } from './draft'

/*
 * Drafts in this browser, by person and exercise, so that two people at one computer do not see each other's code.
 * What a visitor typed before signing in is handed to the account by `adoptVisitorDraft`.
 */

/** In place of the person's id while nobody is signed in. */
const VISITOR = 'visitor'

const OWNER_KEY = 'handroll:owner'

/** Notes whose drafts this browser works on, for the time when the server cannot say who is signed in. */
export function rememberOwner(viewerId: string | null): void {
  try {
    if (viewerId === null) localStorage.removeItem(OWNER_KEY)
    else localStorage.setItem(OWNER_KEY, viewerId)
  } catch {
    // Then drafts are found again once the server answers.
  }
}

export function rememberedOwner(): string | null {
  try {
    return localStorage.getItem(OWNER_KEY)
  } catch {
    return null
  }
}

export function loadDraft(viewerId: string | null, exercise: string): LocalDraft | null {
  return read(keyOf(viewerId, exercise))
}

/** @returns false when the browser refuses to keep it: storage is full or switched off */
export function storeDraft(viewerId: string | null, exercise: string, draft: LocalDraft): boolean {
  return write(keyOf(viewerId, exercise), draft)
}

/** The visitor's draft becomes the account's; returns it, or null when there is none. */
export function adoptVisitorDraft(viewerId: string, exercise: string): LocalDraft | null {
  const visitors = loadDraft(null, exercise)
  if (!visitors) return null
  const adopted = { ...visitors, base: null, dirty: true }
  if (storeDraft(viewerId, exercise, adopted)) remove(keyOf(null, exercise))
  return adopted
}

/** The copy that lost against a newer one; null when there is none. */
export function loadOther(viewerId: string | null, exercise: string): DraftTexts | null {
  return read(`${keyOf(viewerId, exercise)}:other`)
}

export function storeOther(viewerId: string | null, exercise: string, other: DraftTexts | null): void {
  const key = `${keyOf(viewerId, exercise)}:other`
  if (other) write(key, { ...other, editedAt: 0, base: null, dirty: false })
  else remove(key)
}

function keyOf(viewerId: string | null, exercise: string): string {
  return `handroll:draft:${viewerId ?? VISITOR}:${exercise}`
}

function read(key: string): LocalDraft | null {
  try {
    return LocalDraft.safeParse(JSON.parse(localStorage.getItem(key) ?? 'null')).data ?? null
  } catch {
    return null
  }
}

function write(key: string, draft: LocalDraft): boolean {
  try {
    localStorage.setItem(key, JSON.stringify(draft))
    return true
  } catch {
    return false
  }
}

function remove(key: string): void {
  try {
    localStorage.removeItem(key)
  } catch {
    // Storage that cannot be written holds nothing of ours either.
  }
}
