'use client'

import { useCallback, useEffect, useRef, useState } from 'react'
import { DraftView } from '@/lib/contract/submission'
import type { Sources } from '@/lib/editor/sources'
import { getJson } from '../../../_session/api'
import { ask } from './ask'
import { OWN_TESTS, SOLUTION } from './files'
import { reconcile, sameTexts, type DraftTexts } from './draft'
import { createDraftKeeper, type DraftKeeper, type DraftStatus } from './draft-keeper'
import {
  adoptVisitorDraft, loadDraft, loadOther, rememberedOwner, rememberOwner, storeDraft, storeOther,
} from './draft-storage'

export interface Draft {
  status: DraftStatus
  /** False until the texts of the last visit are in place. */
  ready: boolean
  /** A copy that lost against a newer one, until it is used or put away. */
  other: DraftTexts | null
  /** Exchanges the texts for the other copy, which then is the kept one. */
  takeOther: () => void
  dropOther: () => void
  /** Keeps what is on the screen at once. */
  flush: () => void
}

export interface DraftOptions {
  viewerId: string | null
  exercise: string
  sources: Sources
  /** The server's copy when the page was made; `unknown` when the database was out of reach. */
  server: DraftView | null | 'unknown'
}

/** Keeps the editor's texts across visits and computers. */
export function useDraft({ viewerId, exercise, sources, server }: DraftOptions): Draft {
  const [status, setStatus] = useState<DraftStatus>('untouched')
  const [other, setOther] = useState<DraftTexts | null>(null)
  const [ready, setReady] = useState(false)
  const keeper = useRef<DraftKeeper | null>(null)
  const known = useRef(server)
  const settleLatest = useRef<(server: DraftView) => void>(() => undefined)
  const settling = useRef(false)
  const ownerOfDraft = useRef(viewerId)

  const show = useCallback(
    (texts: DraftTexts): void => {
      sources.set(SOLUTION, texts.source, 'page')
      sources.set(OWN_TESTS, texts.ownTests, 'page')
    },
    [sources],
  )
  const onScreen = useCallback(
    (): DraftTexts => ({ source: sources.get(SOLUTION), ownTests: sources.get(OWN_TESTS) }),
    [sources],
  )

  /** Puts this browser's copy and the server's together and keeps on from there. */
  const settle = useCallback(
    (server: DraftView | null | 'unknown'): void => {
      keeper.current?.stop()
      // While the database is away nobody is signed in for the page; the drafts are still those of the same person.
      const owner = viewerId ?? (server === 'unknown' ? rememberedOwner() : null)
      if (server !== 'unknown') rememberOwner(viewerId)
      ownerOfDraft.current = owner
      const adopted = viewerId === null ? null : adoptVisitorDraft(viewerId, exercise)
      const local = adopted ?? loadDraft(owner, exercise)
      const decided = server === 'unknown' ? { use: local, other: null } : reconcile(local, viewerId ? server : null)
      if (decided.use) {
        storeDraft(owner, exercise, decided.use)
        // What is shown here is kept already.
        settling.current = true
        show(decided.use)
        settling.current = false
      }
      if (decided.other) storeOther(owner, exercise, decided.other)
      setOther(loadOther(owner, exercise))
      if (decided.use) setStatus(viewerId === null ? 'browser' : decided.use.dirty ? 'saving' : 'saved')
      keeper.current = createDraftKeeper({
        viewerId,
        owner,
        exercise,
        current: decided.use,
        onStatus: setStatus,
        onElsewhere: (copy) => settleLatest.current(copy),
      })
    },
    [viewerId, exercise, show],
  )

  useEffect(() => {
    known.current = server
    settleLatest.current = settle
  }, [server, settle])

  useEffect(() => {
    settle(known.current)
    setReady(true)
    const unsubscribe = sources.subscribe(() => {
      if (!settling.current) keeper.current?.edited(onScreen())
    })
    return () => {
      unsubscribe()
      keeper.current?.flush()
      keeper.current?.stop()
      keeper.current = null
    }
  }, [settle, sources, onScreen])

  useEffect(() => {
    const flush = (): void => keeper.current?.flush()
    /** Somebody may have gone on at another computer while this page was in the background. */
    const lookAgain = async (): Promise<void> => {
      const answer = await ask(DraftView.nullable(), getJson(`/api/drafts/${exercise}`))
      if (!answer.ok || !answer.value || sameTexts(answer.value, onScreen())) return
      settle(answer.value)
    }
    const onVisibility = (): void => {
      if (document.visibilityState === 'hidden') flush()
      else if (viewerId !== null) void lookAgain()
    }
    addEventListener('pagehide', flush)
    addEventListener('online', flush)
    document.addEventListener('visibilitychange', onVisibility)
    return () => {
      removeEventListener('pagehide', flush)
      removeEventListener('online', flush)
      document.removeEventListener('visibilitychange', onVisibility)
    }
  }, [exercise, viewerId, settle, onScreen])

  return {
    status,
    ready,
    other,
    takeOther: () => {
      if (!other) return
      storeOther(ownerOfDraft.current, exercise, onScreen())
      setOther(onScreen())
      show(other)
    },
    dropOther: () => {
      storeOther(ownerOfDraft.current, exercise, null)
      setOther(null)
    },
    flush: () => keeper.current?.flush(),
  }
}
