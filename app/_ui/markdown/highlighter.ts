import { createHighlighterCore, type HighlighterCore } from 'shiki/core'
import { createOnigurumaEngine } from 'shiki/engine/oniguruma'
import { CODE_THEME } from './code-theme'

/** How code is coloured wherever it stands. */
export const CODE_OPTIONS = {
  theme: CODE_THEME.name ?? '',
  // Per line, milliseconds. A line that is given up also spoils the lines after it, so the limit is generous: the
  // first use of a grammar compiles its expressions, which takes a while on a busy machine.
  tokenizeTimeLimit: 5_000,
  tokenizeMaxLineLength: 2_000,
} as const

/** Longer texts are shown without colours, so that one page cannot keep the server busy. Characters. */
export const LONGEST_COLOURED = 32 * 1024

/** The languages that notes and prompts use. Code in any other language is shown without colours. */
const LANGUAGES = [
  import('shiki/langs/typescript.mjs'),
  import('shiki/langs/javascript.mjs'),
  import('shiki/langs/json.mjs'),
  import('shiki/langs/go.mjs'),
  import('shiki/langs/sql.mjs'),
  import('shiki/langs/shellscript.mjs'),
  import('shiki/langs/yaml.mjs'),
  import('shiki/langs/lua.mjs'),
  import('shiki/langs/http.mjs'),
  import('shiki/langs/proto.mjs'),
  import('shiki/langs/c.mjs'),
]

let highlighter: Promise<HighlighterCore> | undefined

/** The one highlighter of this process. */
export function getHighlighter(): Promise<HighlighterCore> {
  highlighter ??= createHighlighterCore({
    themes: [CODE_THEME],
    langs: LANGUAGES,
    langAlias: { ts: 'typescript', js: 'javascript', sh: 'shellscript', bash: 'shellscript', golang: 'go' },
    engine: createOnigurumaEngine(import('shiki/wasm')),
  })
  return highlighter
}
