'use client'

import { useEffect, useState } from 'react'
import type { Locale } from '@/lib/contract/localized'
import { CodeEditor } from './code-editor'
import { loadMonaco, type Monaco, type MonacoFiles } from './monaco'
import { PlainEditor } from './plain-editor'
import { StatusLine } from './status-line'
import type { EditorProps, EditorWords } from './types'

export interface EditorChoice {
  /** `full` is Monaco, `plain` a text field; null while that is not known. Monaco is loaded only when it is wanted. */
  kind: 'full' | 'plain' | null
  monaco: MonacoFiles
  locale: Locale
  words: EditorWords
  /** Called when Monaco cannot be loaded and the plain editor takes its place. */
  onFallback?: () => void
}

/** The editor of the workspace. Until Monaco has arrived, the code is there to read. */
export function CodeWorkspaceEditor({ kind, monaco: files, locale, onFallback, ...props }: EditorProps & EditorChoice) {
  const [monaco, setMonaco] = useState<Monaco | null>(null)
  const [failed, setFailed] = useState(false)

  useEffect(() => {
    if (kind !== 'full' || monaco || failed) return
    let wanted = true
    loadMonaco(files, locale).then(
      (loaded) => wanted && setMonaco(() => loaded),
      () => {
        if (!wanted) return
        setFailed(true)
        onFallback?.()
      },
    )
    return () => {
      wanted = false
    }
  }, [kind, files, locale, monaco, failed, onFallback])

  if (kind === 'plain' || failed) return <PlainEditor {...props} />
  const placeholder = <Placeholder text={props.sources.get(props.active)} />
  if (monaco) return <CodeEditor {...props} monaco={monaco} placeholder={placeholder} />
  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="min-h-0 flex-1">{placeholder}</div>
      <StatusLine words={props.words} tabFreed={false} problems={0} onProblems={() => undefined} />
    </div>
  )
}

/** The code at the place and size at which Monaco will show it. */
function Placeholder({ text }: { text: string }) {
  return (
    <pre
      className={
        'h-full overflow-hidden bg-surface py-3 pl-[2.3rem] font-mono text-ui leading-[22px] text-code-ink ' +
        '[font-variant-ligatures:none]'
      }
    >
      {text}
    </pre>
  )
}
