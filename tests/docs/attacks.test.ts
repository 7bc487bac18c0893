import { existsSync, readdirSync, readFileSync } from 'node:fs'
import ts from 'typescript'
import { describe, expect, it } from 'vitest'

/* docs/attacks.md lists every check of the grader with the tests that make it; here it is held to that. */

/** How many checks each section of the list has. */
const SECTIONS = { A: 20, B: 21, C: 37, D: 8, E: 11, F: 12 }
const IDS = Object.entries(SECTIONS).flatMap(([letter, count]) => Array.from({ length: count }, (_, i) => `${letter}${i + 1}`))

/** A title that says which check it is. */
const NAMES_ROW = /^([A-F]\d{1,2}) /
/** Shorter than this, a reason for having no test says nothing. */
const REASON = /^No test: .{60,}$/

interface Quote {
  file: string
  title: string
}
interface Row {
  id: string
  tried: string
  outcome: string
  where: string
  quotes: Quote[]
}

const rows = readFileSync('docs/attacks.md', 'utf8').split('\n').filter((line) => /^\| [A-F]\d+ \|/.test(line)).map(readRow)
const quotes = rows.flatMap((row) => row.quotes)

function readRow(line: string): Row {
  const [id = '', tried = '', outcome = '', where = ''] = line.split('|').slice(1).map((cell) => cell.trim())
  let file = ''
  const found: Quote[] = []
  for (const [, link, title] of where.matchAll(/\]\(\.\.\/([^)]+)\)|`([^`]+)`/g)) {
    if (link !== undefined) file = link
    else if (title !== undefined) found.push({ file, title })
  }
  return { id, tried, outcome, where, quotes: found }
}

const titles = new Map<string, ReadonlySet<string>>()

/** All texts that stand in a test file; of those put together at run time, as they are written. */
function textsOf(file: string): ReadonlySet<string> {
  const known = titles.get(file)
  if (known) return known
  const texts = new Set<string>()
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node)) texts.add(node.text)
    else if (ts.isTemplateExpression(node)) texts.add(node.getText().slice(1, -1))
    ts.forEachChild(node, visit)
  }
  if (existsSync(file)) visit(ts.createSourceFile(file, readFileSync(file, 'utf8'), ts.ScriptTarget.Latest, true))
  titles.set(file, texts)
  return texts
}

describe('the list of attacks', () => {
  it('has every check, once and in order', () => {
    expect(IDS).toHaveLength(109)
    expect(rows.map(({ id }) => id)).toEqual(IDS)
  })

  it('says of each what is tried and what must come of it', () => {
    expect(rows.filter(({ tried, outcome }) => tried === '' || outcome === '').map(({ id }) => id)).toEqual([])
  })

  it('names the tests of each, or says why there can be none', () => {
    expect(rows.filter((row) => row.quotes.length === 0 && !REASON.test(row.where)).map(({ id }) => id)).toEqual([])
  })

  it('names no file and no title that there is not', () => {
    expect(quotes.filter(({ file, title }) => !textsOf(file).has(title))).toEqual([])
  })

  it('has each title that names a check in the row of that check', () => {
    const astray = rows.flatMap(({ id, quotes }) => quotes.filter(({ title }) => (NAMES_ROW.exec(title)?.[1] ?? id) !== id))
    expect(astray).toEqual([])
  })

  it('leaves out no test that names a check', () => {
    const files = readdirSync('tests', { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.test.ts'))
    const marked = files.map((file) => `tests/${file}`).filter((file) => /['"`][A-F]\d{1,2} /.test(readFileSync(file, 'utf8')))
    expect(marked.length).toBeGreaterThan(5)
    const missing = marked.flatMap((file) => {
      const named = [...textsOf(file)].filter((title) => NAMES_ROW.test(title))
      return named.filter((title) => !quotes.some((quote) => quote.file === file && quote.title === title))
        .map((title) => `${file}: ${title}`)
    })
    expect(missing).toEqual([])
  })
})
