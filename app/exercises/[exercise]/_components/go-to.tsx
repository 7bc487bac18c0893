'use client'

import { createContext, useContext } from 'react'
import { useTranslations } from 'next-intl'
import { cx } from '../../../_ui/cx'

/** A place in one of the learner's files: 1-based line, 0-based column. */
export interface EditorPlace {
  file: string
  line: number
  column: number
}

/** Shows a place in the editor. The workspace provides it for whatever names places. */
export const GoTo = createContext<(place: EditorPlace) => void>(() => undefined)

/** A place as a button that leads to it. */
export function PlaceButton({ place, fn, className }: { place: EditorPlace; fn?: string | null; className?: string }) {
  const t = useTranslations('workspace.results')
  const goTo = useContext(GoTo)
  const text = `${place.file}:${place.line}:${place.column + 1}`
  return (
    <button
      type="button"
      onClick={() => goTo(place)}
      aria-label={t('at', { place: text })}
      className={cx('rounded-sm font-mono text-small whitespace-nowrap text-link', className)}
    >
      {fn ? `${fn} ` : ''}
      {text}
    </button>
  )
}
