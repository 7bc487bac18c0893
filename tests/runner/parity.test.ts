import { readFile, readdir } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import type { SourceFile } from '@/lib/compile/plan'
import { createServerCompiler, type ServerCompiler } from '@/lib/compile/server'
import { openWorkbench, type Workbench } from './support/workbench'

let bench: Workbench
let server: ServerCompiler
beforeAll(async () => {
  bench = await openWorkbench()
  server = await createServerCompiler({ size: 1 })
})
afterAll(async () => {
  server.close()
  await bench.close()
})

const SAMPLES: Record<string, string> = {
  'generics and private fields': 'export class Box<T> { #v: T; constructor(v: T) { this.#v = v } }',
  'enums and namespaces': 'export enum Color { Red, Blue = 4 }\nexport namespace N { export const a = 1 }',
  'parameter properties': 'export class A { constructor(private readonly x: number, public y?: string) {} }',
  decorators: 'const log = (v: unknown) => v\nexport class A { @log m() {} }',
  using: 'export function f(r: Disposable) { using x = r; return x }',
  accessors: 'export class A { accessor a = 1 }',
  'generators and async': 'export async function* g() { for await (const x of [1]) yield x }',
  privates: 'export class Box<T> { #v: T; constructor(v: T) { this.#v = v } has(o: object) { return #v in o } }',
  'text in many scripts': 'export const s = "漢字 𝒳 é \\u{1F600}" // комментарий\nexport const t = `a${s}b`',
  'a default export of a class without name': 'export default class { static a = 1 }',
  'no exports': 'const a = 1',
  'an import that is removed': "import type { A } from './solution'\nexport const a: A | null = null",
  'a literal dynamic import': "export const f = () => import('./x')",
  'a syntax error': 'export const é = "漢" + ;',
  'top-level await': 'export const a = await 1',
  'a forbidden import': "import fs from 'node:fs'\nexport const a = fs",
  'too much': `//${'x'.repeat(70_000)}`,
}

async function exerciseFiles(): Promise<[string, string][]> {
  const root = path.resolve(import.meta.dirname, '../../exercises')
  const names = (await readdir(root, { recursive: true })).filter((name) => /(solution|visible\.test)\.ts$/.test(name))
  const read = async (name: string): Promise<[string, string]> => [name, await readFile(path.join(root, name), 'utf8')]
  return Promise.all(names.map(read))
}

it('compiles every source to the same bytes in the browser as on the server', async () => {
  const sources = [...Object.entries(SAMPLES), ...(await exerciseFiles())]
  expect(sources.length).toBeGreaterThan(Object.keys(SAMPLES).length)
  for (const [name, source] of sources) {
    for (const kind of ['solution', 'test'] as const) {
      const file: SourceFile = { name: `${kind}.ts`, source, kind }
      const inBrowser = await bench.page.evaluate((each) => window.lab.compile(each), file)
      expect(inBrowser, `${name} as ${kind}`).toEqual(await server.compile(file))
    }
  }
})
