import { readFileSync } from 'node:fs'
import { transformSync } from 'esbuild'
import { describe, expect, it } from 'vitest'
import { LeakFinder, listSecrets } from './support/secrets'

const LRU = 'exercises/caches-and-eviction/lru-cache'
const finder = new LeakFinder(listSecrets())
const read = (file: string): string => readFileSync(`${LRU}/${file}`, 'utf8')
const escapeHtml = (text: string): string => {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll("'", '&#x27;')
}
/** As a highlighter sends it: each token in an element of its own. */
const highlighted = (text: string): string => {
  return text.replace(/\w+|[^\w]/g, (token) => `<span style="color:#000">${escapeHtml(token)}</span>`)
}

const WAYS: Record<string, (source: string) => string> = {
  'as it is': (source) => source,
  'as JSON': (source) => JSON.stringify({ source }),
  'as JSON in a script': (source) => `<script>self.__next_f.push([1,${JSON.stringify(JSON.stringify(source))}])</script>`,
  'as HTML': (source) => `<pre>${escapeHtml(source)}</pre>`,
  'with colours': highlighted,
  'without its types': (source) => transformSync(source, { loader: 'ts' }).code,
  'minified': (source) => transformSync(source, { loader: 'ts', minify: true }).code,
}

/* The other tests of this folder find nothing. These show that they would. */
describe.each(Object.entries(WAYS))('text that is sent %s', (_, send) => {
  it.each(['hidden.test.ts', 'solution.ts', 'wrong/first-in-first-out.ts'])('gives away %s', (file) => {
    expect(finder.find(send(read(file))).join('\n')).toContain(`lru-cache/${file}`)
  })

  it.each(['starter.ts', 'visible.test.ts', 'prompt.en.md', 'prompt.zh.md', 'hints.en.md'])('may be %s', (file) => {
    const sendable = file.endsWith('.ts') ? send : WAYS['as JSON']
    expect(sendable && finder.find(sendable(read(file)))).toEqual([])
  })
})

it('is enough when it is one line of a hidden test', () => {
  const line = read('hidden.test.ts').split('\n').find((each) => each.includes('expect(cache.keys()).toEqual([\'a\', \'b\', \'d\''))
  expect(finder.find(`{"expected": ${JSON.stringify(line)}}`)).not.toEqual([])
})

it('has something to look for from every secret file', () => {
  const files = new Set(finder.secrets.map(({ origin }) => origin.replace(/:\d+$/, '')))
  expect(files.size).toBeGreaterThan(50)
})
