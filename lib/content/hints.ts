import type { Hint } from '@/lib/contract/catalogue'

/**
 * Splits hints.*.md at its second-level headings; headings inside code fences do not count. Text before the first
 * heading belongs to no hint and makes the result null.
 */
export function readHints(text: string): Hint[] | null {
  const hints: Hint[] = []
  let fenced = false
  for (const line of text.trim().split('\n')) {
    if (line.startsWith('```')) fenced = !fenced
    const heading = fenced ? null : /^## +(.*)$/.exec(line)
    const last = hints.at(-1)
    if (heading !== null) hints.push({ title: (heading[1] ?? '').trim(), body: '' })
    else if (last !== undefined) last.body += `${line}\n`
    else return null
  }
  return hints.map(({ title, body }) => ({ title, body: body.trim() }))
}
