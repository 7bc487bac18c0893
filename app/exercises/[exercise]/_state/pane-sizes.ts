/** Shares of the window, in percent: the guide's of its width, the editor's of its height. */
export interface PaneSizes {
  guide: number
  editor: number
}

/** The cookie that remembers them. The server reads it, so the panes are born where the reader left them. */
export const PANES_COOKIE = 'panes'

const YEAR_SECONDS = 31_536_000
const USUAL: PaneSizes = { guide: 40, editor: 62 }

/** The sizes that a cookie names, or the usual ones when it names none. */
export function parsePaneSizes(value: string | undefined): PaneSizes {
  const [, guide, editor] = /^(\d{1,3}(?:\.\d)?)-(\d{1,3}(?:\.\d)?)$/.exec(value ?? '') ?? []
  const sizes = { guide: Number(guide), editor: Number(editor) }
  return isShare(sizes.guide) && isShare(sizes.editor) ? sizes : USUAL
}

export function formatPaneSizes({ guide, editor }: PaneSizes): string {
  return `${Number(guide.toFixed(1))}-${Number(editor.toFixed(1))}`
}

export function rememberPaneSizes(sizes: PaneSizes): void {
  document.cookie = `${PANES_COOKIE}=${formatPaneSizes(sizes)}; path=/; max-age=${YEAR_SECONDS}; samesite=lax`
}

function isShare(value: number): boolean {
  return value >= 0 && value <= 100
}
