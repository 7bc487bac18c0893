import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { onTestFinished } from 'vitest'

/** Paths relative to the content folder, to texts. */
export type CourseFiles = Record<string, string>

const both = (text: string) => ({ en: text, zh: text })

export const MANIFEST = {
  order: 1,
  title: both('Clamp'),
  difficulty: 'easy',
  minutes: 10,
  tags: ['numbers'],
  exports: { clamp: 'function' },
  groups: {
    inside: { points: 4, about: both('Values within the bounds stay.') },
    outside: { points: 6, about: both('Values beyond a bound become the bound.') },
  },
  misconceptions: [
    { file: 'no-upper.ts', group: 'outside', hint: both('Look at the upper bound.') },
    { file: 'no-lower.ts', group: 'outside', hint: both('Look at the lower bound.') },
    { file: 'always-lower.ts', group: 'inside', hint: both('Values within the bounds stay.') },
  ],
}

const clamp = (body: string): string => {
  return `export function clamp(x: number, low: number, high: number): number {\n  ${body}\n}\n`
}

const VISIBLE = `import { describe, expect, it } from 'vitest'
import { clamp } from './solution'

describe('clamp', () => {
  it('keeps a value within the bounds', () => expect(clamp(5, 0, 10)).toBe(5))
  it('keeps the lower bound', () => expect(clamp(0, 0, 10)).toBe(0))
  it('raises a value below the lower bound', () => expect(clamp(-5, 0, 10)).toBe(0))
})
`

export const HIDDEN = `import { describe, expect, it } from 'vitest'
import { inGuest, random } from 'handroll'
import { clamp } from './solution'

describe('inside', () => {
  it('keeps a value within the bounds', () => {
    const x = random.int(1, 9)
    expect(clamp(x, 0, 10)).toBe(x)
  })
  it('keeps many values within the bounds', () => {
    const kept = inGuest((solution: typeof import('./solution'), count: number): number => {
      let same = 0
      for (let i = 1; i <= count; i++) if (solution.clamp(i, 0, count) === i) same++
      return same
    }, 5_000)
    expect(kept).toBe(5_000)
  })
})

describe('outside', () => {
  it('raises a value below the lower bound', () => expect(clamp(-random.int(1, 9), 0, 10)).toBe(0))
  it('lowers a value above the upper bound', () => expect(clamp(random.int(11, 99), 0, 10)).toBe(10))
})
`

/** A whole exercise that breaks no rule, as the files of its folder. */
export function sampleExercise(): CourseFiles {
  return {
    'exercise.json': `${JSON.stringify(MANIFEST)}\n`,
    'prompt.en.md': 'Write `clamp`.\n\n| inside | 4 |\n| outside | 6 |\n\nLimits: 5 s, 128 MiB.\n',
    'prompt.zh.md': '实现 `clamp`。\n\n| inside（内） | 4 |\n| outside（外） | 6 |\n\n限制：5 秒，128 MiB。\n',
    'hints.en.md': '## One\n\nLook at both bounds.\n\n## Two\n\nUse Math.min and Math.max.\n',
    'hints.zh.md': '## 一\n\n看看两个边界。\n\n## 二\n\n使用 Math.min 和 Math.max。\n',
    'editorial.en.md': 'It is a composition of two functions.\n',
    'editorial.zh.md': '它是两个函数的复合。\n',
    'starter.ts': clamp(`throw new Error('not implemented')`),
    'solution.ts': clamp('return Math.max(low, Math.min(high, x))'),
    'wrong/no-upper.ts': clamp('return Math.max(low, x)'),
    'wrong/no-lower.ts': clamp('return Math.min(high, x)'),
    'wrong/always-lower.ts': clamp('return Math.min(low, x)'),
    'visible.test.ts': VISIBLE,
    'hidden.test.ts': HIDDEN,
  }
}

/** Puts files below a folder. */
export function below(folder: string, files: CourseFiles): CourseFiles {
  return Object.fromEntries(Object.entries(files).map(([file, text]) => [`${folder}/${file}`, text]))
}

/** A topic without exercises; `links` are the exercises that its notes introduce. */
export function sampleTopic(links: readonly string[], order = 1): CourseFiles {
  const note = `## Numbers\n\n${links.map((slug) => `[An exercise](/exercises/${slug})`).join('\n\n')}\n`
  return {
    'topic.json': JSON.stringify({ order, title: both('Numbers'), summary: both('About numbers.') }),
    'note.en.md': note,
    'note.zh.md': note,
  }
}

/** A course of one topic with one exercise, and not a single problem. */
export function sampleCourse(): CourseFiles {
  return { ...below('numbers', sampleTopic(['clamp'])), ...below('numbers/clamp', sampleExercise()) }
}

/** Changes one text; the file must be there and the change must change it. */
export function edit(files: CourseFiles, file: string, from: string, to: string): CourseFiles {
  const text = files[file]
  if (text === undefined || !text.includes(from)) throw new Error(`${file} does not hold ${from}`)
  return { ...files, [file]: text.replace(from, to) }
}

/** Leaves one file out. */
export function without(files: CourseFiles, file: string): CourseFiles {
  if (!(file in files)) throw new Error(`there is no ${file}`)
  return Object.fromEntries(Object.entries(files).filter(([name]) => name !== file))
}

/** Writes a course into a temporary folder, which is removed when the running test ends. */
export async function writeCourse(files: CourseFiles): Promise<string> {
  const dir = await mkdtemp(path.join(tmpdir(), 'course-'))
  onTestFinished(() => rm(dir, { recursive: true, force: true }))
  for (const [file, text] of Object.entries(files)) {
    await mkdir(path.dirname(path.join(dir, file)), { recursive: true })
    await writeFile(path.join(dir, file), text)
  }
  return dir
}
