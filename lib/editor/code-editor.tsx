'use client'

import { Editor } from '@monaco-editor/react'
import type { editor } from 'monaco-editor'
import { useEffect, useId, useImperativeHandle, useRef, useState, type ReactNode } from 'react'
import { showProblems, watchTypeErrors } from './markers'
import { openModels, uriOf, type Models } from './models'
import type { Monaco } from './monaco'
import { StatusLine } from './status-line'
import { letTabEscape } from './tab-escape'
import { defineThemes, THEME_NAMES } from './themes'
import type { EditorProps, EditorWords } from './types'

const OPTIONS: editor.IStandaloneEditorConstructionOptions = {
  fontSize: 14,
  lineHeight: 22,
  fontLigatures: false,
  padding: { top: 12, bottom: 12 },
  automaticLayout: true,
  fixedOverflowWidgets: true,
  minimap: { enabled: false },
  scrollBeyondLastLine: false,
  stickyScroll: { enabled: false },
  lineNumbersMinChars: 3,
  lineDecorationsWidth: 12,
  glyphMargin: false,
  folding: false,
  codeLens: false,
  overviewRulerBorder: false,
  hideCursorInOverviewRuler: true,
  scrollbar: { useShadows: false, verticalScrollbarSize: 10, horizontalScrollbarSize: 10 },
  wordBasedSuggestions: 'off',
  detectIndentation: false,
  // Comments in Chinese are no confusion with ASCII.
  unicodeHighlight: { ambiguousCharacters: false, nonBasicASCII: false },
}

/** Monaco with the exercise's files: types across files, compile problems at their places, a way out by keyboard. */
export function CodeEditor({
  monaco,
  words,
  placeholder,
  files,
  active,
  sources,
  problems,
  theme,
  ref,
  onReady,
}: EditorProps & { monaco: Monaco; words: EditorWords; placeholder: ReactNode }) {
  const helpId = useId()
  const [models, setModels] = useState<Models | null>(null)
  const [instance, setInstance] = useState<editor.IStandaloneCodeEditor | null>(null)
  const [tabFreed, setTabFreed] = useState(false)
  const [typeErrors, setTypeErrors] = useState(0)
  const pendingReveal = useRef<{ file: string; line: number; column: number } | null>(null)
  const readOnly = files.find((file) => file.name === active)?.readOnly ?? false
  const names = files.map((file) => file.name).join('\n')

  useEffect(() => {
    defineThemes(monaco)
    const opened = openModels(monaco, names.split('\n'), sources)
    setModels(opened)
    return () => {
      setModels(null)
      setInstance(null)
      opened.dispose()
    }
  }, [monaco, names, sources])

  useEffect(() => {
    if (!models) return
    for (const name of names.split('\n')) {
      const model = models.get(name)
      if (model) showProblems(monaco, model, problems[name] ?? [])
    }
  }, [monaco, models, names, problems])

  useEffect(() => {
    if (!instance) return
    const escape = letTabEscape(monaco, instance, words.tabHelp, setTabFreed)
    // Monaco offers a label but no description.
    instance.getDomNode()?.querySelector('.native-edit-context, textarea')?.setAttribute('aria-describedby', helpId)
    return () => escape.dispose()
  }, [monaco, instance, words, helpId])

  useEffect(() => {
    const model = models?.get(active)
    if (!model) return
    const watch = watchTypeErrors(monaco, model, setTypeErrors)
    return () => watch.dispose()
  }, [monaco, models, active])

  useEffect(() => {
    const place = pendingReveal.current
    if (!instance || place?.file !== active) return
    pendingReveal.current = null
    showPlace(instance, place.line, place.column)
  }, [instance, active])

  useImperativeHandle(
    ref,
    () => ({
      reveal: (file, line, column) => {
        if (instance && file === active) showPlace(instance, line, column)
        else pendingReveal.current = { file, line, column }
      },
      focus: () => instance?.focus(),
    }),
    [instance, active],
  )

  return (
    <div className="flex h-full min-h-0 flex-col">
      <p id={helpId} className="sr-only">
        {words.tabHelp}
      </p>
      <div className="min-h-0 flex-1">
        {models ? (
          <Editor
            path={uriOf(active)}
            theme={THEME_NAMES[theme]}
            loading={placeholder}
            keepCurrentModel
            options={{
              ...OPTIONS,
              fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--font-mono'),
              readOnly,
              domReadOnly: readOnly,
              ariaLabel: words.label(active),
            }}
            onMount={(mounted) => {
              setInstance(mounted)
              onReady?.()
            }}
          />
        ) : (
          placeholder
        )}
      </div>
      <StatusLine
        words={words}
        tabFreed={tabFreed}
        problems={typeErrors}
        onProblems={() => void instance?.getAction('editor.action.marker.next')?.run()}
      />
    </div>
  )
}

function showPlace(target: editor.IStandaloneCodeEditor, line: number, column: number): void {
  const position = { lineNumber: line, column: column + 1 }
  target.setPosition(position)
  target.revealPositionInCenterIfOutsideViewport(position)
  target.focus()
}
