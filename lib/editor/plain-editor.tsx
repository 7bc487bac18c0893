'use client'

import { useEffect, useImperativeHandle, useRef, useState } from 'react'
import type { EditorProps, EditorWords } from './types'

/**
 * A plain text field for code: for touch keyboards, on which Monaco loses keys, and for when Monaco cannot be loaded.
 * Tab moves on, as in any form; Enter indents the next line.
 */
export function PlainEditor({ files, active, sources, words, ref, onReady }: EditorProps & { words: EditorWords }) {
  const field = useRef<HTMLTextAreaElement>(null)
  const [text, setText] = useState(() => sources.get(active))
  const pendingReveal = useRef<{ file: string; line: number; column: number } | null>(null)
  const readOnly = files.find((file) => file.name === active)?.readOnly ?? false

  useEffect(() => onReady?.(), [onReady])

  useEffect(() => {
    setText(sources.get(active))
    return sources.subscribe((file, changed) => {
      if (file === active) setText(changed)
    })
  }, [sources, active])

  useEffect(() => {
    const place = pendingReveal.current
    if (!field.current || place?.file !== active) return
    pendingReveal.current = null
    showPlace(field.current, place.line, place.column)
  }, [active, text])

  useImperativeHandle(
    ref,
    () => ({
      reveal: (file, line, column) => {
        if (field.current && file === active) showPlace(field.current, line, column)
        else pendingReveal.current = { file, line, column }
      },
      focus: () => field.current?.focus(),
    }),
    [active],
  )

  return (
    <textarea
      ref={field}
      value={text}
      readOnly={readOnly}
      aria-label={words.label(active)}
      spellCheck={false}
      autoCapitalize="off"
      autoCorrect="off"
      autoComplete="off"
      wrap="off"
      className={
        'block h-full w-full resize-none overflow-auto bg-surface p-3 font-mono text-body leading-6 text-code-ink ' +
        '[font-variant-ligatures:none] [tab-size:2] outline-none focus-visible:outline-2 ' +
        'focus-visible:-outline-offset-2'
      }
      onChange={(event) => {
        setText(event.target.value)
        sources.set(active, event.target.value, 'editor')
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' || event.nativeEvent.isComposing || event.metaKey || event.ctrlKey) return
        const indent = indentOf(event.currentTarget)
        if (indent === '') return
        event.preventDefault()
        // The one way to insert text that leaves the field's own undo intact.
        document.execCommand('insertText', false, `\n${indent}`)
      }}
    />
  )
}

/** White space for the next line: that of the cursor's line, and a step more after an opening bracket. */
function indentOf(field: HTMLTextAreaElement): string {
  const before = field.value.slice(0, field.selectionStart)
  const line = before.slice(before.lastIndexOf('\n') + 1)
  const indent = /^[ \t]*/.exec(line)?.[0] ?? ''
  return /[{[(]$/.test(line) ? `${indent}  ` : indent
}

function showPlace(field: HTMLTextAreaElement, line: number, column: number): void {
  const lines = field.value.split('\n')
  const offset = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0) + column
  field.focus()
  field.setSelectionRange(offset, offset)
  const lineHeight = Number.parseFloat(getComputedStyle(field).lineHeight)
  field.scrollTop = Math.max(0, (line - 1) * lineHeight - field.clientHeight / 2)
}
