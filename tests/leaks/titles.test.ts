import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

/*
 * Titles of hidden tests are shown with a verdict, so they name the rule and never what a test asks or expects. Row E8
 * of the list of attacks (docs/attacks.md). That a sentence says too much no program can tell; that it holds code, or a
 * number which the learner was not told, one can.
 */

const EXERCISES = path.resolve(import.meta.dirname, '../../exercises')
const FILES = readdirSync(EXERCISES, { recursive: true, encoding: 'utf8' }).filter((file) => path.basename(file) === 'hidden.test.ts')

/** Numbers that say in another way what the prompt says: by exercise, with its words for it. */
const SAID_OTHERWISE: Record<string, { numbers: string[]; words: string }> = {
  'hashing-and-maps/chained-hash-map': { numbers: ['32'], words: 'Number.MAX_SAFE_INTEGER`; all its digits count' },
  'language-semantics/slice-growth': { numbers: ['192'], words: '(cap + 3 * 256) / 4' },
  'protocols-and-networking/hpack-codec': { numbers: ['31'], words: '2³¹ − 1' },
  'protocols-and-networking/http2-frames': { numbers: ['16384'], words: '16,384' },
  'scheduler-memory-os/page-replacement': { numbers: ['32'], words: 'an integer from 0 to `Number.MAX_SAFE_INTEGER`' },
}

/** The name of what is called may stand there, without what it is called with. */
const CODE = /["'`=<>{}]|\w\((?!\))/

/** Titles of tests and groups; of those put together at run time, the parts that are written down. */
function titlesOf(source: string): string[] {
  const titles: string[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && /^(it|test|describe)\b/.test(node.expression.getText())) {
      const [title] = node.arguments
      if (title && ts.isStringLiteralLike(title)) titles.push(title.text)
      if (title && ts.isTemplateExpression(title)) titles.push(title.head.text, ...title.templateSpans.map(({ literal }) => literal.text))
    }
    ts.forEachChild(node, visit)
  }
  visit(ts.createSourceFile('hidden.test.ts', source, ts.ScriptTarget.Latest, true))
  return titles
}

describe.each(FILES.map((file) => path.dirname(file)))('the titles of the hidden tests of %s', (exercise) => {
  const read = (file: string): string => readFileSync(path.join(EXERCISES, exercise, file), 'utf8')
  const titles = titlesOf(read('hidden.test.ts'))
  const told = `${read('prompt.en.md')}\n${read('starter.ts')}`

  it('E8 hold no code', () => {
    expect(titles.length).toBeGreaterThan(0)
    expect(titles.filter((title) => CODE.test(title))).toEqual([])
  })

  it('E8 hold no number that the prompt does not tell', () => {
    const known = new Set([...told.matchAll(/\d+/g)].map(String).concat(SAID_OTHERWISE[exercise]?.numbers ?? []))
    expect(titles.filter((title) => [...title.matchAll(/\d+/g)].some(([number]) => !known.has(number)))).toEqual([])
  })
})

it('what the prompt says otherwise, it does say', () => {
  const silent = Object.entries(SAID_OTHERWISE).filter(([exercise, { words }]) => {
    return !readFileSync(path.join(EXERCISES, exercise, 'prompt.en.md'), 'utf8').includes(words)
  })
  expect(silent).toEqual([])
})
