'use client'

import { useCallback, useState } from 'react'
import { SubmissionDetail, type SubmissionView } from '@/lib/contract/submission'
import type { Sources } from '@/lib/editor/sources'
import { getJson } from '../../../_session/api'
import { ask } from './ask'
import { SOLUTION } from './files'

/** Something the page did to the learner's text, to be taken back with `undo`; or could not do, without one. */
export type TextChange =
  | { kind: 'reset'; file: string; undo: () => void }
  | { kind: 'restored'; file: string; date: string; undo: () => void }
  | { kind: 'unreachable'; undo: null }

export interface TextChanges {
  latest: TextChange | null
  /** Puts a file back to how it began. */
  reset: (file: string, original: string) => void
  /** Puts the code of an earlier submission in place of the present one. */
  restore: (submission: SubmissionView) => Promise<void>
  close: () => void
}

/** Whole texts exchanged at the press of a button. `onChanged` is told which file to show. */
export function useTextChanges(sources: Sources, onChanged: (file: string) => void): TextChanges {
  const [latest, setLatest] = useState<TextChange | null>(null)

  const replace = useCallback(
    (file: string, text: string): (() => void) => {
      const before = sources.get(file)
      sources.set(file, text, 'page')
      onChanged(file)
      return () => sources.set(file, before, 'page')
    },
    [sources, onChanged],
  )

  const reset = useCallback(
    (file: string, original: string): void => setLatest({ kind: 'reset', file, undo: replace(file, original) }),
    [replace],
  )

  const restore = useCallback(
    async ({ id, submittedAt }: SubmissionView): Promise<void> => {
      const answer = await ask(SubmissionDetail, getJson(`/api/submissions/${id}`))
      if (!answer.ok) return setLatest({ kind: 'unreachable', undo: null })
      const undo = replace(SOLUTION, answer.value.source)
      setLatest({ kind: 'restored', file: SOLUTION, date: submittedAt, undo })
    },
    [replace],
  )

  const close = useCallback(() => setLatest(null), [])
  return { latest, reset, restore, close }
}
