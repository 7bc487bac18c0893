import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { Finder, type Needle } from './finder'
import { normalise, normaliseMarkup } from './normalise'

const ROOT = path.resolve(import.meta.dirname, '../../..')
const EXERCISES = path.join(ROOT, 'exercises')

/** Shortest line and shortest string that say where they come from, in normalised characters. */
const LINE = 24
const STRING = 18

/** What everybody writes says nothing of where it comes from: numbers, the type of a JSON answer, the letters of base 64. */
const COMMON = /^(\d+|applicationjsoncharsetutf8|ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789_?)$/

const SECRET_FILE = /(^|\/)(hidden\.test\.ts|solution\.ts|wrong\/[^/]+\.ts)$/

/** A distinctive piece of a secret file. Titles of hidden tests are told with a verdict; nothing else ever is. */
export interface Secret extends Needle {
  kind: 'line' | 'string' | 'title'
}

/** Finds text of hidden tests, solutions and wrong solutions in what is sent or could be. */
export class LeakFinder {
  readonly #lines: Finder
  readonly #strings: Finder

  constructor(readonly secrets: readonly Secret[]) {
    this.#lines = new Finder(secrets.filter(({ kind }) => kind === 'line'), LINE)
    this.#strings = new Finder(secrets.filter(({ kind }) => kind !== 'line'), STRING)
  }

  /** What stands in a text, as `origin: text`. */
  find(text: string): string[] {
    const variants = text.includes('<') ? [normalise(text), normaliseMarkup(text)] : [normalise(text)]
    const found = variants.flatMap((variant) => [...this.#lines.find(variant), ...this.#strings.find(variant)])
    return [...new Set(found.map((needle) => `${needle.origin}: ${needle.text}`))]
  }
}

/** Everything secret about the exercises of the project, less what also stands in something public. */
export function listSecrets(): Secret[] {
  const files = readdirSync(EXERCISES, { recursive: true, encoding: 'utf8' }).filter((file) => /\.\w+$/.test(file))
  const secrets = files.filter((file) => SECRET_FILE.test(file)).flatMap((file) => secretsOf(file))
  const published = [...files.filter((file) => !SECRET_FILE.test(file) && !/\/editorial\.\w+\.md$/.test(file))
    .map((file) => path.join(EXERCISES, file)), ...ownSources()]
  const open = normalise(published.map((file) => readFileSync(file, 'utf8')).join('\n'))
  const inTheOpen = new Set([
    ...new Finder(secrets.filter(({ kind }) => kind === 'line'), LINE).find(open),
    ...new Finder(secrets.filter(({ kind }) => kind !== 'line'), STRING).find(open),
  ])
  return secrets.filter((secret) => !inTheOpen.has(secret))
}

/** The project's own code holds no exercise. */
function ownSources(): string[] {
  return ['app', 'lib'].flatMap((folder) => {
    const files = readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    return files.filter((file) => /\.(tsx?|json|css)$/.test(file)).map((file) => path.join(ROOT, folder, file))
  })
}

function secretsOf(file: string): Secret[] {
  const source = readFileSync(path.join(EXERCISES, file), 'utf8')
  const lines = source.split('\n').map((line, index): Secret => {
    return { kind: 'line', text: normalise(line), origin: `${file}:${index + 1}` }
  })
  return [
    ...lines.filter(({ text }) => text.length >= LINE),
    ...stringsOf(file, source).filter(({ text }) => text.length >= STRING && !COMMON.test(text)),
  ]
}

/** String literals survive every bundler and minifier. */
function stringsOf(file: string, source: string): Secret[] {
  const tree = ts.createSourceFile(file, source, ts.ScriptTarget.Latest, true)
  const strings: Secret[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isStringLiteralLike(node) || node.kind === ts.SyntaxKind.TemplateHead || ts.isTemplateMiddleOrTemplateTail(node)) {
      const { line } = tree.getLineAndCharacterOfPosition(node.getStart())
      const text = normalise((node as ts.LiteralLikeNode).text)
      strings.push({ kind: isTitle(node) ? 'title' : 'string', text, origin: `${file}:${line + 1}` })
    }
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return strings
}

/** Whether a string is the first argument of `it`, `it.each(...)` and their like. */
function isTitle(node: ts.Node): boolean {
  const { parent } = node
  return ts.isCallExpression(parent) && parent.arguments[0] === node && /^(it|test|describe)\b/.test(parent.expression.getText())
}
