import type { EditorWords } from './types'

/** The line under the editor: how the keyboard gets out, and how many problems the type checker sees. */
export function StatusLine({ words, tabFreed, problems, onProblems }: {
  words: EditorWords
  /** Whether the next Tab leaves the editor. */
  tabFreed: boolean
  problems: number
  onProblems: () => void
}) {
  return (
    <div
      className={
        'flex h-7 shrink-0 items-center justify-between gap-4 border-t border-line bg-surface px-4 text-small ' +
        'whitespace-nowrap text-ink-faint'
      }
    >
      <span role="status" className="truncate">
        {tabFreed ? words.tabFreed : words.tabHelp}
      </span>
      {problems > 0 && (
        <button type="button" onClick={onProblems} className="rounded-sm text-bad underline-offset-2 hover:underline">
          {words.problems(problems)}
        </button>
      )}
    </div>
  )
}
