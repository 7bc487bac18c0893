import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { afterAll, beforeAll } from 'vitest'
import { reloadCatalogue } from '@/lib/learn/catalogue'

/** An exercise of 10 points in two groups, with three named misconceptions. */
export const EXERCISE = 'adder'

const MANIFEST = {
  order: 1,
  title: { en: 'Adder', zh: '加法器' },
  difficulty: 'easy',
  minutes: 5,
  tags: ['sums'],
  exports: { add: 'function' },
  groups: {
    small: { points: 4, about: { en: 'Small numbers', zh: '小数字' } },
    large: { points: 6, about: { en: 'Large numbers', zh: '大数字' } },
  },
  misconceptions: ['minus', 'times', 'first'].map((name) => ({
    file: `${name}.ts`,
    group: 'small',
    hint: { en: `Is this ${name}?`, zh: `这是 ${name} 吗？` },
  })),
}

/** The files of the exercise, by their paths in its folder. */
export const FILES: Record<string, string> = {
  'exercise.json': JSON.stringify(MANIFEST),
  'starter.ts': 'export function add(a: number, b: number): number { throw new Error("not implemented") }\n',
  'solution.ts': 'export function add(a: number, b: number): number { return a + b }\n',
  'wrong/minus.ts': 'export function add(a: number, b: number): number { return a - b }\n',
  'wrong/times.ts': 'export function add(a: number, b: number): number { return a * b }\n',
  'wrong/first.ts': 'export function add(a: number, b: number): number { return a }\n',
  'visible.test.ts': "import { expect, it } from 'vitest'\nimport { add } from './solution'\nit('adds', () => expect(add(1, 2)).toBe(3))\n",
  'hidden.test.ts': "import { describe, expect, it } from 'vitest'\nimport { add } from './solution'\n"
    + "describe('small', () => { it('adds', () => expect(add(1, 2)).toBe(3)) })\n"
    + "describe('large', () => { it('adds', () => expect(add(1e9, 2e9)).toBe(3e9)) })\n",
  ...Object.fromEntries(['en', 'zh'].flatMap((locale) => [
    [`prompt.${locale}.md`, 'Add.\n'],
    [`hints.${locale}.md`, '## One\n\nThink.\n\n## Two\n\nAdd.\n'],
    [`editorial.${locale}.md`, `How to add (${locale}).\n`],
  ])),
}

/**
 * Makes a content folder with one exercise the one of this process.
 * @returns functions that change the exercise on disk; `reloadCatalogue` lets this process see it
 */
export function useContent(): { change(): void; remove(): void; restore(): Promise<void> } {
  const root = mkdtempSync(path.join(os.tmpdir(), 'handroll-content-'))
  const topic = path.join(root, 'sums')
  const folder = path.join(topic, EXERCISE)
  const write = (file: string, text: string) => {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
    writeFileSync(path.join(folder, file), text)
  }
  const restore = async () => {
    for (const [file, text] of Object.entries(FILES)) write(file, text)
    await reloadCatalogue()
  }
  beforeAll(async () => {
    process.env.EXERCISES_DIR = root
    mkdirSync(topic)
    const title = { en: 'Sums', zh: '求和' }
    writeFileSync(path.join(topic, 'topic.json'), JSON.stringify({ order: 1, title, summary: title }))
    for (const locale of ['en', 'zh']) writeFileSync(path.join(topic, `note.${locale}.md`), `[Adder](${EXERCISE})\n`)
    await restore()
  })
  afterAll(() => {
    delete process.env.EXERCISES_DIR
    rmSync(root, { recursive: true })
  })
  return {
    change: () => write('solution.ts', `// ${Math.random()}\n${FILES['solution.ts']}`),
    remove: () => rmSync(folder, { recursive: true }),
    restore,
  }
}
