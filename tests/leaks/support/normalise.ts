const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' }

/**
 * Reduces a text to its letters, digits and underscores, so that a line of code is found again however it was quoted,
 * escaped, indented or joined: in HTML, in JSON, in JSON within a script, in a template literal.
 */
export function normalise(text: string): string {
  return unescape(text).replace(/[^\p{L}\p{N}_]+/gu, '')
}

/** The same without markup, for code that a highlighter cut into pieces. */
export function normaliseMarkup(text: string): string {
  return normalise(unescape(text).replace(/<[^<>]*>/g, ''))
}

/** Undoes escapes, also those of text that was quoted twice. */
function unescape(text: string): string {
  return text
    .replace(/\\+u([0-9a-f]{4})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\+x([0-9a-f]{2})/gi, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16)))
    .replace(/\\+[nrt]/g, ' ')
    .replace(/&#x([0-9a-f]+);/gi, (_, code: string) => String.fromCodePoint(Number.parseInt(code, 16)))
    .replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code)))
    .replace(/&([a-z]+);/gi, (entity, name: string) => ENTITIES[name.toLowerCase()] ?? entity)
}
