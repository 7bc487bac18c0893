import type { Monaco } from './monaco'

export const THEME_NAMES = { light: 'handroll-light', dark: 'handroll-dark' } as const

const TOKENS = [
  'surface', 'sunken', 'line', 'line-strong', 'ink', 'ink-soft', 'ink-faint', 'accent', 'accent-soft', 'good', 'warn',
  'bad', 'code-ink', 'code-comment', 'code-keyword', 'code-string', 'code-number', 'code-type', 'code-function',
] as const
type Token = (typeof TOKENS)[number]

/** Depths of nesting that Monaco has a colour for. */
const BRACKET_LEVELS = [1, 2, 3, 4, 5, 6]

/** Makes both themes from the site's own colour tokens, so that there is one list of colours. */
export function defineThemes(monaco: Monaco): void {
  for (const side of ['light', 'dark'] as const) {
    const color = readTokens(side)
    const rule = (token: string, name: Token) => ({ token, foreground: color[name].slice(1) })
    monaco.editor.defineTheme(THEME_NAMES[side], {
      base: side === 'light' ? 'vs' : 'vs-dark',
      inherit: true,
      rules: [
        rule('', 'code-ink'),
        rule('identifier', 'code-ink'),
        rule('delimiter', 'code-ink'),
        rule('comment', 'code-comment'),
        rule('keyword', 'code-keyword'),
        rule('string', 'code-string'),
        rule('regexp', 'code-string'),
        rule('number', 'code-number'),
        rule('type', 'code-type'),
        rule('type.identifier', 'code-type'),
      ],
      colors: {
        'editor.background': color.surface,
        'editor.foreground': color['code-ink'],
        'editorCursor.foreground': color.accent,
        'editor.selectionBackground': `${color.accent}38`,
        'editor.inactiveSelectionBackground': `${color.accent}22`,
        'editor.selectionHighlightBackground': `${color.accent}1c`,
        'editor.wordHighlightBackground': `${color.accent}1c`,
        'editor.wordHighlightStrongBackground': `${color.accent}2c`,
        'editor.findMatchBackground': `${color.warn}66`,
        'editor.findMatchHighlightBackground': `${color.warn}33`,
        'editor.lineHighlightBackground': `${color.sunken}a8`,
        'editor.lineHighlightBorder': '#00000000',
        'editorLineNumber.foreground': color['ink-faint'],
        'editorLineNumber.activeForeground': color.ink,
        'editorIndentGuide.background1': color.line,
        'editorIndentGuide.activeBackground1': color['line-strong'],
        'editorBracketMatch.background': color['accent-soft'],
        'editorBracketMatch.border': '#00000000',
        // One colour for all brackets. The option that should do this does not reach models made before the editor.
        ...Object.fromEntries(BRACKET_LEVELS.map((n) => [`editorBracketHighlight.foreground${n}`, color['code-ink']])),
        'editorBracketHighlight.unexpectedBracket.foreground': color.bad,
        // Unused names stand paler, but stay readable.
        'editorUnnecessaryCode.opacity': '#000000e0',
        'editorError.foreground': color.bad,
        'editorWarning.foreground': color.warn,
        'editorInfo.foreground': color.accent,
        'editorWidget.background': color.surface,
        'editorWidget.foreground': color.ink,
        'editorWidget.border': color.line,
        'editorSuggestWidget.background': color.surface,
        'editorSuggestWidget.border': color.line,
        'editorSuggestWidget.foreground': color.ink,
        'editorSuggestWidget.selectedBackground': color['accent-soft'],
        'editorSuggestWidget.selectedForeground': color.ink,
        'editorSuggestWidget.highlightForeground': color.accent,
        'editorSuggestWidget.focusHighlightForeground': color.accent,
        'editorHoverWidget.background': color.surface,
        'editorHoverWidget.border': color.line,
        'editorOverviewRuler.border': '#00000000',
        'scrollbarSlider.background': `${color['line-strong']}40`,
        'scrollbarSlider.hoverBackground': `${color['line-strong']}66`,
        'scrollbarSlider.activeBackground': `${color['line-strong']}88`,
        'scrollbar.shadow': '#00000000',
        'widget.shadow': '#00000022',
        focusBorder: color.accent,
      },
    })
  }
}

/** The tokens' values on one side of `light-dark()`, as `#rrggbb`. */
function readTokens(side: 'light' | 'dark'): Record<Token, string> {
  const probe = document.createElement('span')
  probe.style.display = 'none'
  probe.style.colorScheme = side
  document.body.append(probe)
  const entries = TOKENS.map((token) => {
    probe.style.color = `var(--color-${token})`
    return [token, toHex(getComputedStyle(probe).color)] as const
  })
  probe.remove()
  return Object.fromEntries(entries) as Record<Token, string>
}

/** Computed colours of the tokens come as `rgb(r, g, b)`. */
function toHex(color: string): string {
  const channels = (color.match(/[\d.]+/g) ?? ['0', '0', '0']).slice(0, 3)
  return `#${channels.map((each) => Math.round(Number(each)).toString(16).padStart(2, '0')).join('')}`
}
