import { TOP_LEVEL } from './top-level'

/** Keeps of an engine's stack text what lies in the learner's files, one line each, with the files' names. */
export interface StackCleaner {
  register: (url: string, name: string) => void
  /** Lines `fn@file:line:column` of the compiled code, innermost first; null when no learner file is in the stack. */
  clean: (stack: string | null | undefined) => string | null
}

const MAX_FRAMES = 20

/** `at fn (url:1:2)` and `at url:1:2` of V8, `fn@url:1:2` of SpiderMonkey and JavaScriptCore. */
const FRAME = /^\s*(?:at\s+)?(?:(.*?)\s*[(@])?((?:blob:)[^\s()]+?):(\d+):(\d+)\)?$/

export function createStackCleaner(): StackCleaner {
  const names = new Map<string, string>()
  return {
    register: (url, name) => names.set(url, name),
    clean: (stack) => {
      const frames: string[] = []
      for (const text of (stack ?? '').split('\n')) {
        const [, fn = '', url = '', line = '', column = ''] = FRAME.exec(text) ?? []
        const name = names.get(url)
        // Line 1 of a blob is the header around the file.
        if (name === undefined || Number(line) <= 1) continue
        frames.push(`${fn.includes(TOP_LEVEL) ? '' : fn}@${name}:${Number(line) - 1}:${column}`)
        if (frames.length === MAX_FRAMES) break
      }
      return frames.length > 0 ? frames.join('\n') : null
    },
  }
}
