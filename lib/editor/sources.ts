/** Who changed a source: the editor itself, or the page around it (a draft arrived, a reset). */
export type ChangedBy = 'editor' | 'page'

export type SourceListener = (file: string, text: string, by: ChangedBy) => void

/** The texts of the open files by name. The editor, drafts and Run share it, so typing does not re-render the page. */
export interface Sources {
  get: (file: string) => string
  set: (file: string, text: string, by: ChangedBy) => void
  /** Calls back after each real change. Returns the way to stop. */
  subscribe: (listener: SourceListener) => () => void
}

export function createSources(initial: Readonly<Record<string, string>>): Sources {
  const texts = new Map(Object.entries(initial))
  const listeners = new Set<SourceListener>()
  return {
    get: (file) => texts.get(file) ?? '',
    set: (file, text, by) => {
      // Editors disagree about line ends; the sources do not.
      const clean = text.replace(/\r\n?/g, '\n')
      if (texts.get(file) === clean) return
      texts.set(file, clean)
      for (const listener of listeners) listener(file, clean, by)
    },
    subscribe: (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
  }
}
