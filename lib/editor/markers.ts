import type { editor } from 'monaco-editor'
import type { SourceProblem } from '@/lib/contract/verdict'
import type { Monaco } from './monaco'

const OWNER = 'handroll'

/** Underlines compile problems in a file, each over the word at its place. */
export function showProblems(monaco: Monaco, model: editor.ITextModel, problems: readonly SourceProblem[]): void {
  const markers = problems.map(({ message, line, column }) => {
    const lineNumber = Math.min(Math.max(line ?? 1, 1), model.getLineCount())
    const start = Math.min((column ?? 0) + 1, model.getLineMaxColumn(lineNumber))
    const word = model.getWordAtPosition({ lineNumber, column: start })
    return {
      severity: monaco.MarkerSeverity.Error,
      message,
      startLineNumber: lineNumber,
      startColumn: word?.startColumn ?? start,
      endLineNumber: lineNumber,
      endColumn: word?.endColumn ?? start + 1,
    }
  })
  monaco.editor.setModelMarkers(model, OWNER, markers)
}
