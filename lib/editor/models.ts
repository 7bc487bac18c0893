import type { editor, IDisposable } from 'monaco-editor'
import type { Monaco } from './monaco'
import type { Sources } from './sources'
import { recheckAll } from './typescript'

/** Long enough to be over when a word is typed to its end. */
const RECHECK_MS = 400

/** Monaco's address of a file. Files lie side by side, so that `./solution` means what it says. */
export function uriOf(file: string): string {
  return `file:///${file}`
}

export interface Models extends IDisposable {
  get: (file: string) => editor.ITextModel | null
}

/** Opens the files as Monaco's models and keeps them and the sources equal, both ways, until disposed. */
export function openModels(monaco: Monaco, files: readonly string[], sources: Sources): Models {
  const models = new Map<string, editor.ITextModel>()
  let timer: ReturnType<typeof setTimeout> | undefined
  const recheckSoon = (): void => {
    clearTimeout(timer)
    timer = setTimeout(() => recheckAll(monaco), RECHECK_MS)
  }
  for (const file of files) {
    const uri = monaco.Uri.parse(uriOf(file))
    // Models are global by address; one that a page before this left behind would make createModel throw.
    monaco.editor.getModel(uri)?.dispose()
    const model = monaco.editor.createModel(sources.get(file), 'typescript', uri)
    model.setEOL(monaco.editor.EndOfLineSequence.LF)
    model.updateOptions({ tabSize: 2, insertSpaces: true })
    model.onDidChangeContent(() => {
      sources.set(file, model.getValue(), 'editor')
      recheckSoon()
    })
    models.set(file, model)
  }
  const stopFollowing = sources.subscribe((file, text, by) => {
    const model = models.get(file)
    if (by === 'editor' || !model || model.getValue() === text) return
    // An edit like any other, so that Undo takes it back.
    model.pushStackElement()
    model.pushEditOperations([], [{ range: model.getFullModelRange(), text }], () => null)
    model.pushStackElement()
  })
  return {
    get: (file) => models.get(file) ?? null,
    dispose: () => {
      clearTimeout(timer)
      stopFollowing()
      for (const model of models.values()) model.dispose()
    },
  }
}
