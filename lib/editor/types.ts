import type { Ref } from 'react'
import type { SourceProblem } from '@/lib/contract/verdict'
import type { Sources } from './sources'

export interface EditorFile {
  name: string
  readOnly?: boolean
}

/** What the page can ask of the editor. */
export interface EditorHandle {
  /** Shows a place and puts the cursor there. `line` counts from 1, `column` from 0. */
  reveal: (file: string, line: number, column: number) => void
  focus: () => void
}

export interface EditorProps {
  files: readonly EditorFile[]
  /** Name of the file that is shown. */
  active: string
  sources: Sources
  /** Name of the exercise, for screen readers. */
  title: string
  /** Compile problems by file, shown at their places. */
  problems: Readonly<Record<string, readonly SourceProblem[]>>
  theme: 'light' | 'dark'
  ref?: Ref<EditorHandle>
  /** Called once the editor can be typed in. */
  onReady?: () => void
}

/** Words that the editor shows or reads out. */
export interface EditorWords {
  /** For instance: "{title}, {file}". */
  label: (file: string) => string
  /** How to leave the editor with the keyboard. */
  tabHelp: string
  /** Said once the way out is open. */
  tabFreed: string
  /** How many places the type checker does not like; a press leads to the next. */
  problems: (count: number) => string
}
