import type { editor, IDisposable } from 'monaco-editor'
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

/** Follows how many errors the type checker sees in a model. */
export function watchTypeErrors(
  monaco: Monaco,
  model: editor.ITextModel,
  onCount: (count: number) => void,
): IDisposable {
  const count = (): void => {
    const markers = monaco.editor.getModelMarkers({ resource: model.uri })
    onCount(markers.filter(({ owner, severity }) => owner !== OWNER && severity === monaco.MarkerSeverity.Error).length)
  }
  count()
  return monaco.editor.onDidChangeMarkers((changed) => {
    if (changed.some((uri) => uri.toString() === model.uri.toString())) count()
  })
}
