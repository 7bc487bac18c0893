import type { editor, IDisposable } from 'monaco-editor'
import type { Monaco } from './monaco'

/** Escape belongs to these first: something is open that it closes. */
const NOTHING_OPEN = [
  '!suggestWidgetVisible', '!findWidgetVisible', '!parameterHintsVisible', '!renameInputVisible', '!inSnippetMode',
  '!markersNavigationVisible', '!editorHasMultipleSelections', '!editorHoverVisible', '!messageVisible',
  '!accessibilityHelpWidgetVisible',
].join(' && ')

/**
 * Lets the keyboard out of the editor. Tab indents, as people who write code expect; after Escape the next Tab moves
 * on to the next control instead. Any other key, or coming back, makes Tab indent again. `onFreed` is told which it is.
 */
export function letTabEscape(
  monaco: Monaco,
  target: editor.IStandaloneCodeEditor,
  label: string,
  onFreed: (freed: boolean) => void,
): IDisposable {
  const free = (tabFocusMode: boolean): void => {
    target.updateOptions({ tabFocusMode })
    onFreed(tabFocusMode)
  }
  const passing = new Set([monaco.KeyCode.Escape, monaco.KeyCode.Tab, monaco.KeyCode.Shift])
  const parts = [
    target.addAction({
      id: 'handroll.free-tab',
      label,
      keybindings: [monaco.KeyCode.Escape],
      precondition: NOTHING_OPEN,
      run: () => free(true),
    }),
    target.onKeyDown((event) => {
      if (!passing.has(event.keyCode)) free(false)
    }),
    target.onDidFocusEditorText(() => free(false)),
  ]
  return { dispose: () => parts.forEach((part) => part.dispose()) }
}
