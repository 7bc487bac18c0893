const FENCE = /^\s*(```|~~~)/
const TABLE_RULE = /^\s*\|?[\s:|-]*-[\s:|-]*$/
const CODE_SPAN = /(`+)(.+?)\1/

/**
 * A Markdown text for searching and for snippets: without its signs, a line for each of its lines. Code stands at the
 * end, so that the first fitting place is a sentence where there is one.
 *
 * No parser does this: over all prompts one takes seconds, and a sign that stays behind does no harm here.
 */
export function plainText(markdown: string): string {
  const prose: string[] = []
  const code: string[] = []
  let inCode = false
  for (const line of markdown.split('\n')) {
    if (FENCE.test(line)) inCode = !inCode
    else if (inCode) code.push(line)
    else if (!TABLE_RULE.test(line)) prose.push(withoutSpans(withoutBlockSigns(line)))
  }
  return [...prose, ...code].map((line) => line.trim()).filter((line) => line !== '').join('\n')
}

/** A line without what makes it a heading, an item, a quotation or a row of a table. */
function withoutBlockSigns(line: string): string {
  const text = line.replace(/^\s*(?:#{1,6}\s+|>\s?|[-*+]\s+|\d+[.)]\s+)/, '')
  return /^\s*\|.*\|\s*$/.test(text) ? text.replaceAll('|', ' ') : text
}

/** Links become their words and emphasis goes; what stands in code spans stays as it is. */
function withoutSpans(line: string): string {
  return line
    .split(new RegExp(CODE_SPAN, 'g'))
    .map((part, index) => (index % 3 === 0 ? withoutEmphasis(part) : index % 3 === 1 ? '' : part))
    .join('')
}

function withoutEmphasis(text: string): string {
  return text
    .replace(/!?\[([^\]]*)\]\([^)]*\)/g, '$1')
    .replace(/(\*{1,3})(?=\S)(.+?)\1/g, '$2')
    .replace(/\*\*/g, '')
    .replace(/\\([^\w\s])/g, '$1')
}
