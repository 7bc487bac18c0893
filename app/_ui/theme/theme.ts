/** The reader's choice; `system` follows the operating system and leaves no mark on <html>. */
export const THEMES = ['system', 'light', 'dark'] as const
export type Theme = (typeof THEMES)[number]

/** The cookie that remembers it. The server reads it, so a page is born in its theme and never flashes. */
export const THEME_COOKIE = 'theme'

/** --color-paper of globals.css, for what is no style sheet. */
export const PAPER = { light: '#faf8f3', dark: '#171613' } as const

export function parseTheme(value: string | undefined): Theme {
  return THEMES.find((theme) => theme === value) ?? 'system'
}
