import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadCatalogue } from '@/lib/content/load-catalogue'
import { BROKEN } from './broken-courses'
import {
  below,
  type CourseFiles,
  edit,
  MANIFEST,
  sampleCourse,
  sampleExercise,
  sampleTopic,
  without,
  writeCourse,
} from './sample-course'

const TWO_EXERCISES: CourseFiles = {
  ...below('numbers', sampleTopic(['clamp', 'later'])),
  ...below('numbers/clamp', sampleExercise()),
  ...below('numbers/later', { ...sampleExercise(), 'exercise.json': JSON.stringify({ ...MANIFEST, order: 2 }) }),
}

describe('a course that keeps every rule', () => {
  it('loads without a problem', async () => {
    const { catalogue, problems } = await loadCatalogue(await writeCourse(sampleCourse()))
    expect(problems).toEqual([])
    expect(catalogue.topics.map(({ slug }) => slug)).toEqual(['numbers'])
  })

  it('finds topics and exercises by slug, and null for what is not there', async () => {
    const { catalogue } = await loadCatalogue(await writeCourse(sampleCourse()))
    expect(catalogue.findTopic('numbers')?.exercises.map(({ slug }) => slug)).toEqual(['clamp'])
    expect(catalogue.findExercise('clamp')?.summary).toMatchObject({ topic: 'numbers', points: 10, difficulty: 'easy' })
    expect([catalogue.findTopic('clamp'), catalogue.findExercise('numbers')]).toEqual([null, null])
  })

  it('fills in the default limits', async () => {
    const { catalogue } = await loadCatalogue(await writeCourse(sampleCourse()))
    expect(catalogue.findExercise('clamp')?.page.limits).toEqual({ wallMs: 5_000, memoryMiB: 128 })
  })

  it('splits the hints at their headings, but not inside code', async () => {
    const hints = '## One\n\n```sh\n## no heading\n```\n\n## Two\n\nSecond.\n'
    const files = { ...sampleCourse(), 'numbers/clamp/hints.en.md': hints }
    const { catalogue } = await loadCatalogue(await writeCourse(files))
    expect(catalogue.findExercise('clamp')?.page.hints.en).toEqual([
      { title: 'One', body: '```sh\n## no heading\n```' },
      { title: 'Two', body: 'Second.' },
    ])
  })

  it('orders exercises by their order and links each to the next', async () => {
    const { catalogue, problems } = await loadCatalogue(await writeCourse(TWO_EXERCISES))
    expect(problems).toEqual([])
    const pages = catalogue.findTopic('numbers')?.exercises.map(({ page }) => [page.slug, page.next])
    expect(pages).toEqual([
      ['clamp', 'later'],
      ['later', null],
    ])
  })

  it('puts nothing of hidden tests, solutions or editorials into what pages get', async () => {
    const secret = 'a-secret-of-the-server'
    const marked = Object.entries(sampleExercise()).map(([file, text]) => {
      const isSecret = /^(hidden|solution|wrong|editorial)/.test(file)
      return [file, isSecret ? `${text}\n// ${secret}` : text] as const
    })
    const course = {
      ...below('numbers', sampleTopic(['clamp'])),
      ...below('numbers/clamp', Object.fromEntries(marked)),
    }
    const { catalogue } = await loadCatalogue(await writeCourse(course))
    const shown = [catalogue.findTopic('numbers')?.page, catalogue.findExercise('clamp')?.page]
    expect(catalogue.findExercise('clamp')?.files.hiddenTests).toContain(secret)
    expect(JSON.stringify(shown)).not.toContain(secret)
  })

  it('gives the note its figures under the paths that it writes', async () => {
    const course = { ...sampleCourse(), 'numbers/figures/line.svg': '<svg/>' }
    const { catalogue } = await loadCatalogue(await writeCourse(course))
    expect(catalogue.findTopic('numbers')?.page.figures).toEqual({ 'figures/line.svg': '<svg/>' })
  })

  it('does not mind other files and hidden folders beside the topics', async () => {
    const extra = { 'README.md': '# School', '.git/HEAD': 'ref', 'node_modules/x/index.js': '' }
    const { problems } = await loadCatalogue(await writeCourse({ ...sampleCourse(), ...extra }))
    expect(problems).toEqual([])
  })
})

describe('the version of an exercise', () => {
  const versionOf = async (files: CourseFiles): Promise<string | undefined> => {
    return (await loadCatalogue(await writeCourse(files))).catalogue.findExercise('clamp')?.version
  }

  it('is the same for the same files in another place', async () => {
    expect(await versionOf(sampleCourse())).toBe(await versionOf(sampleCourse()))
    expect(await versionOf(sampleCourse())).toMatch(/^[0-9a-f]{64}$/)
  })

  it('changes with every byte of every file of the exercise', async () => {
    const versions = new Set([await versionOf(sampleCourse())])
    const files = Object.keys(sampleExercise())
    for (const file of files) {
      const name = `numbers/clamp/${file}`
      const changed = sampleCourse()[name]?.replace(/\n$/, ' ') ?? ''
      versions.add(await versionOf({ ...sampleCourse(), [name]: changed }))
    }
    expect(versions.size).toBe(files.length + 1)
  })

  it('does not change with the note of the topic', async () => {
    const changed = { ...sampleCourse(), 'numbers/note.en.md': '## Other\n\n[x](/exercises/clamp)\n' }
    expect(await versionOf(changed)).toBe(await versionOf(sampleCourse()))
  })
})

describe('a course that breaks a rule', () => {
  for (const [what, files, file, rule] of BROKEN) {
    it(`is reported with file and rule and left out when ${what}`, async () => {
      const { catalogue, problems } = await loadCatalogue(await writeCourse(files))
      expect(problems).toContainEqual(expect.objectContaining({ file, rule }))
      expect(problems.every((problem) => problem.message !== '')).toBe(true)
      const isInTopicOnly = file === 'numbers/todo.md'
      expect(catalogue.findExercise('clamp') === null).toBe(!isInTopicOnly)
    })
  }

  it('reports a shared order but keeps both exercises', async () => {
    const files = { ...TWO_EXERCISES, 'numbers/later/exercise.json': JSON.stringify(MANIFEST) }
    const { catalogue, problems } = await loadCatalogue(await writeCourse(files))
    expect(problems.map(({ file, rule }) => [file, rule])).toEqual([
      ['numbers/clamp/exercise.json', 'order-unique'],
      ['numbers/later/exercise.json', 'order-unique'],
    ])
    expect(catalogue.findTopic('numbers')?.exercises.map(({ slug }) => slug)).toEqual(['clamp', 'later'])
  })

  it('reports everything at once', async () => {
    let files = without(sampleCourse(), 'numbers/clamp/editorial.en.md')
    files = edit(files, 'numbers/clamp/exercise.json', '"points":6', '"points":7')
    files = { ...files, 'numbers/clamp/hints.en.md': 'none' }
    const { problems } = await loadCatalogue(await writeCourse(files))
    expect(problems.map(({ rule }) => rule).sort()).toEqual(['file-missing', 'hints', 'points'])
  })

  it('keeps the other exercises', async () => {
    const { catalogue, problems } = await loadCatalogue(
      await writeCourse(without(TWO_EXERCISES, 'numbers/clamp/starter.ts')),
    )
    expect(problems).toHaveLength(1)
    expect(catalogue.findTopic('numbers')?.page.exercises.map(({ slug }) => slug)).toEqual(['later'])
  })

  it('leaves a topic out with its exercises when its note is missing', async () => {
    const { catalogue, problems } = await loadCatalogue(
      await writeCourse(without(sampleCourse(), 'numbers/note.zh.md')),
    )
    expect(problems).toEqual([{ file: 'numbers/note.zh.md', rule: 'file-missing', message: 'is missing or empty' }])
    expect(catalogue.topics).toEqual([])
  })
})

describe('a content folder', () => {
  it('that does not exist gives an empty catalogue and says what to set', async () => {
    const { catalogue, problems } = await loadCatalogue(path.join(await writeCourse({}), 'nowhere'))
    expect(catalogue.topics).toEqual([])
    expect(problems.map(({ rule }) => rule)).toEqual(['folder-unreadable'])
    expect(problems[0]?.message).toContain('EXERCISES_DIR')
  })

  it('that is empty gives an empty catalogue', async () => {
    const { catalogue, problems } = await loadCatalogue(await writeCourse({}))
    expect([catalogue.topics, problems]).toEqual([[], []])
  })
})
