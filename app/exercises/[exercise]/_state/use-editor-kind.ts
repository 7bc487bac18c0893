'use client'

import { useCallback, useEffect, useState } from 'react'

/** `full` is Monaco; `plain` a text field, which touch keyboards get on with. */
export type EditorKind = 'full' | 'plain'

const KEY = 'handroll:editor'

/** Which editor to show: the reader's choice, else what the device suggests. Null until the page has looked. */
export function useEditorKind(): [EditorKind | null, (kind: EditorKind) => void] {
  const [kind, setKind] = useState<EditorKind | null>(null)

  useEffect(() => setKind(remembered() ?? suggested()), [])

  const choose = useCallback((chosen: EditorKind): void => {
    setKind(chosen)
    try {
      localStorage.setItem(KEY, chosen)
    } catch {
      // Chosen for this visit only.
    }
  }, [])
  return [kind, choose]
}

function remembered(): EditorKind | null {
  try {
    const value = localStorage.getItem(KEY)
    return value === 'full' || value === 'plain' ? value : null
  } catch {
    return null
  }
}

function suggested(): EditorKind {
  return matchMedia('(pointer: coarse) and (hover: none)').matches ? 'plain' : 'full'
}
