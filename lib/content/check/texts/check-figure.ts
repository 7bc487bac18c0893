import type { ContentProblem } from '../../problem'

/** What may not stand in a figure: it is put into the page as it is, in either theme, among other figures. */
const REFUSED: ReadonlyArray<readonly [RegExp, string]> = [
  [/<script\b/i, 'has a script'],
  [/<foreignObject\b/i, 'has foreign content'],
  [/<style\b/i, 'has a style sheet, which would reach the rest of the page'],
  [/\son[a-z]+\s*=/i, 'has an event handler'],
  [/\b(?:href|src)\s*=\s*["'](?!#)/i, 'refers to something outside itself'],
  [/url\(\s*["']?(?!["']?#)/i, 'refers to something outside itself'],
  [/(?:fill|stroke|stop-color|color)\s*[=:]\s*["']?\s*(?:#|rgb|hsl|black|white)/i, 'has a fixed colour'],
]

/** Problems of one SVG figure. `name` is its file name without folder. */
export function checkFigure(file: string, name: string, svg: string): ContentProblem[] {
  const found = REFUSED.filter(([pattern]) => pattern.test(svg)).map(([, what]) => what)
  if (!/^\s*<svg\b[^>]*\bviewBox=/.test(svg)) found.push('does not start with an svg element that has a viewBox')
  if (!/<title>[^<]+<\/title>/.test(svg)) found.push('has no title for those who cannot see it')
  const prefix = `${name.replace(/\.svg$/, '').replaceAll('.', '-')}-`
  const ids = [...svg.matchAll(/\sid="([^"]*)"/g)].map((match) => match[1] ?? '')
  const foreign = ids.filter((id) => !id.startsWith(prefix))
  if (foreign.length > 0) found.push(`has ids without the prefix ${prefix} (they may collide): ${foreign.join(', ')}`)
  return found.map((message) => ({ file, rule: 'figure', message }))
}
