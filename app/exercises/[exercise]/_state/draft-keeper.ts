import { DraftView } from '@/lib/contract/submission'
import { type ApiProblem, getJson, sendJson } from '../../../_session/api'
import { ask, type Answer } from './ask'
import { sameTexts, type DraftTexts, type LocalDraft } from './draft'
import { storeDraft } from './draft-storage'

/**
 * Where the text on the screen is kept.
 * `browser`: here only, because nobody is signed in. `offline`: here, and on its way to the server again.
 * `too-large`: here only, since the server refuses it. `nowhere`: this browser keeps nothing and the server has not
 * got it yet.
 */
export type DraftStatus = 'untouched' | 'saving' | 'saved' | 'browser' | 'offline' | 'too-large' | 'nowhere'

export interface DraftKeeper {
  /** Keeps new texts: in this browser within a moment, on the server soon after the last of several. */
  edited: (texts: DraftTexts) => void
  /** Keeps what is waiting at once: before the page goes away, or when the network is back. */
  flush: () => void
  /** Ends it. What is kept here and not on the server yet is left to whoever opens the draft next. */
  stop: () => void
}

/** Quiet time after typing before the text is written to this browser, and before it is sent, milliseconds. */
const STORE_MS = 250
const SEND_MS = 1_500
const RETRY_MS = [5_000, 15_000, 60_000]

/** After this long without an answer of the server, somebody may have gone on at another computer, milliseconds. */
const STALE_MS = 5_000

export interface DraftKeeperOptions {
  /** Who is signed in; null sends nothing to the server. */
  viewerId: string | null
  /** Under whose name this browser keeps the draft. */
  owner: string | null
  exercise: string
  /** What is kept already; null when nothing is. */
  current: LocalDraft | null
  onStatus: (status: DraftStatus) => void
  /** The server's copy has changed without this page; nothing is sent until somebody has decided between the two. */
  onElsewhere: (server: DraftView) => void
}

/** Keeps drafts in this browser and, for somebody signed in, on the server. */
export function createDraftKeeper(options: DraftKeeperOptions): DraftKeeper {
  const { viewerId, owner, exercise, current, onStatus, onElsewhere } = options
  const url = `/api/drafts/${exercise}`
  let draft = current
  let stored = true
  let sending = false
  let stopped = false
  let failures = 0
  let inStepAt = Date.now()
  let storeTimer: ReturnType<typeof setTimeout> | undefined
  let sendTimer: ReturnType<typeof setTimeout> | undefined

  const store = (): void => {
    clearTimeout(storeTimer)
    if (!draft || stored) return
    stored = storeDraft(owner, exercise, draft)
    if (viewerId === null) onStatus(stored ? 'browser' : 'nowhere')
  }

  const sendSoon = (delay: number): void => {
    clearTimeout(sendTimer)
    if (viewerId !== null) sendTimer = setTimeout(() => void send(), delay)
  }

  const send = async (): Promise<void> => {
    clearTimeout(sendTimer)
    if (viewerId === null || !draft?.dirty || sending) return
    sending = true
    onStatus('saving')
    const sent = { source: draft.source, ownTests: draft.ownTests }
    const elsewhere = Date.now() - inStepAt > STALE_MS ? await lookElsewhere() : null
    const answer = elsewhere ?? (await ask(DraftView, sendJson('PUT', url, sent)))
    sending = false
    // Whoever took over has read this browser's copy and must not find it changed.
    if (stopped) return
    if (!answer.ok) return failed(answer.problem)
    if (elsewhere) return onElsewhere(answer.value)
    failures = 0
    inStepAt = Date.now()
    draft = { ...draft, base: answer.value.updatedAt, dirty: !sameTexts(draft, sent) }
    stored = false
    store()
    if (draft.dirty) sendSoon(SEND_MS)
    else onStatus('saved')
  }

  /** The server's copy if it is not the one that this draft grew out of, or why that cannot be told; null if it is. */
  const lookElsewhere = async (): Promise<Answer<DraftView> | null> => {
    const { base = null } = draft ?? {}
    const answer = await ask(DraftView.nullable(), getJson(url))
    if (!answer.ok) return answer
    return answer.value === null || answer.value.updatedAt === base ? null : { ok: true, value: answer.value }
  }

  const failed = ({ code, retryAfterSeconds }: ApiProblem): void => {
    if (code === 'source-too-large' || code === 'body-too-large' || code === 'bad-request') return onStatus('too-large')
    if (code === 'sign-in-required') return onStatus(stored ? 'browser' : 'nowhere')
    onStatus(stored ? 'offline' : 'nowhere')
    const wait = retryAfterSeconds === undefined ? undefined : retryAfterSeconds * 1_000
    sendSoon(wait ?? RETRY_MS[Math.min(failures, RETRY_MS.length - 1)] ?? 60_000)
    failures += 1
  }

  // A copy that the server has not got, from the last visit.
  if (draft?.dirty) sendSoon(0)

  return {
    edited: (texts) => {
      if (draft && sameTexts(draft, texts)) return
      draft = { ...texts, editedAt: Date.now(), base: draft?.base ?? null, dirty: true }
      stored = false
      clearTimeout(storeTimer)
      storeTimer = setTimeout(store, STORE_MS)
      sendSoon(SEND_MS)
    },
    flush: () => {
      store()
      void send()
    },
    stop: () => {
      store()
      stopped = true
      clearTimeout(storeTimer)
      clearTimeout(sendTimer)
    },
  }
}
