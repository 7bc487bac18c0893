import { parse } from 'csv-parse/sync'
import { unzipSync, strFromU8 } from 'fflate'
import { describe, expect, it } from 'vitest'
import { addComment } from '@/lib/learn/classes/comments'
import { grantException } from '@/lib/learn/classes/exceptions'
import { exportCsv } from '@/lib/learn/classes/export-csv'
import { safeFileName } from '@/lib/learn/classes/export-file-name'
import { exportJson } from '@/lib/learn/classes/export-json'
import { exportZip } from '@/lib/learn/classes/export-zip'
import { readGradebook } from '@/lib/learn/classes/gradebook'
import { overrideMark } from '@/lib/learn/classes/overrides'
import { useDatabase } from '../support/database'
import { EXERCISE, useContent } from './support/content'
import { logOf } from './support/classes'
import { addMember, at, DAY, HOUR, newCourse, newPerson, newSection, newSet, newStudent, newSubmission } from './support/course'

const test = useDatabase()
useContent()

const OPENED = Date.now() - 10 * DAY

/** A class with an open set and one that has not opened; a student with 4 and one with 10 of the exercise's 10 points. */
async function newClass() {
  const course = await newCourse()
  const set = await newSet(course, {
    title: 'Week 1', opensAt: new Date(OPENED).toISOString(), dueAt: at(-DAY), closesAt: at(DAY),
    items: [{ exercise: EXERCISE, points: 7, kind: 'required' }],
  })
  await newSet(course, { title: 'Week 9', opensAt: at(DAY), dueAt: at(2 * DAY), closesAt: at(3 * DAY) })
  const section = await newSection(course.id, 'Monday')
  const ada = await newStudent(course.id, { name: 'Ada', externalId: 'A-1', sectionId: section })
  const bob = await newStudent(course.id, { name: 'Bob' })
  const half = await newSubmission(ada.id, OPENED + HOUR, { score: 4 })
  const full = await newSubmission(bob.id, OPENED + HOUR)
  const { id: item } = await test.db.problemSetItem.findFirstOrThrow({ where: { setId: set } })
  return { course, set, item, ada, bob, half, full }
}

type Course = Awaited<ReturnType<typeof newCourse>>

async function readCsv({ instructor, id }: Course): Promise<string[][]> {
  const { text } = await exportCsv(instructor, id)
  return parse(text, { bom: true })
}

async function join<T>(chunks: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = []
  for await (const chunk of chunks) all.push(chunk)
  return all
}

async function readJson({ instructor, id }: Course) {
  return JSON.parse((await join((await exportJson(instructor, id)).chunks)).join('')) as {
    format: number
    sections: { name: string }[]
    sets: { id: string; latePolicy: unknown; items: { id: string }[]; exceptions: { student: string | null; reason: string }[] }[]
    students: {
      id: string
      total: number
      marks: { set: string; total: number; items: { item: string; mark: number; submission: string | null }[] }[]
      overrides: { mark: number | null; reason: string }[]
      submissions: { id: string; score: number | null; comments: { body: string }[] }[]
    }[]
  }
}

async function readZip({ instructor, id }: Course, set: string): Promise<Record<string, string>> {
  const pieces = await join((await exportZip(instructor, id, set)).chunks)
  const files = unzipSync(Buffer.concat(pieces))
  return Object.fromEntries(Object.entries(files).map(([path, bytes]) => [path, strFromU8(bytes)]))
}

describe('the gradebook as CSV', () => {
  it('has a line for each student, points with two decimals, and nothing where a set has not opened', async () => {
    const { course, ada, bob } = await newClass()
    expect(await readCsv(course)).toEqual([
      ['email', 'external_id', 'name', 'section', 'Week 1: adder (7)', 'Week 1: total', 'Week 9: adder (10)', 'Week 9: total', 'total', 'max'],
      [ada.email, 'A-1', 'Ada', 'Monday', '2.80', '2.80', '', '', '2.80', '7.00'],
      [bob.email, '', 'Bob', '', '7.00', '7.00', '', '', '7.00', '7.00'],
    ])
  })

  it('agrees with the gradebook to the cent, marks given by hand and exemptions included', async () => {
    const { course, set, item, ada, bob } = await newClass()
    await overrideMark(course.instructor, course.id, { student: ada.id, item, mark: 305, reason: 'x', after: null })
    await grantException(course.instructor, course.id, set, {
      for: { kind: 'student', id: bob.id }, dueAt: null, closesAt: null, attemptLimit: null, exempt: true, reason: 'ill',
    })
    const [, first, second] = await readCsv(course)
    const { rows } = await readGradebook(course.instructor, course.id)
    expect(first!.slice(4)).toEqual(['3.05', '3.05', '', '', '3.05', '7.00'])
    expect(second!.slice(4)).toEqual(['', '', '', '', '0.00', '0.00'])
    expect(rows.map(({ total, max }) => [total, max])).toEqual([[305, 700], [0, 0]])
  })

  it('begins with a byte order mark, and gives spreadsheets no formula', async () => {
    const course = await newCourse()
    await newSet(course, { title: '=HYPERLINK("https://evil.example")' })
    const section = await newSection(course.id, '@SUM(1+1)')
    const names = ['=1+1', '+1', '-1', '@A1', '\t=1', '＝1', 'Ada "the first", Lovelace', '=cmd|\' /C calc\'!A0']
    for (const [index, name] of names.entries()) {
      const { id } = await newPerson(`s${index}@example.org`)
      await addMember(course.id, id, 'student', { name, externalId: `=${index}`, sectionId: section })
    }
    const { text } = await exportCsv(course.instructor, course.id)
    expect(text.startsWith('\uFEFFemail')).toBe(true)
    const [head, ...lines] = parse(text, { bom: true })
    for (const cell of [...head!, ...lines.flat()]) expect(cell).not.toMatch(/^[=+\-@\t\r\n＝＋－＠]/)
    const found = new Map(lines.map(([email, , name]) => [email, name]))
    expect(found.get('s0@example.org')).toBe("'=1+1")
    expect(found.get('s6@example.org')).toBe('Ada "the first", Lovelace')
    expect(lines.map(([, externalId]) => externalId)).toContain("'=0")
  })

  it('is for instructors only, is written down, and leaves out who was removed', async () => {
    const { course, ada } = await newClass()
    const assistant = await newPerson()
    await addMember(course.id, assistant.id, 'assistant')
    const other = await newCourse()
    for (const [viewer, code] of [[assistant, 'forbidden'], [ada, 'forbidden'], [other.instructor, 'not-found']] as const) {
      await expect(exportCsv(viewer, course.id)).rejects.toMatchObject({ code })
      await expect(exportJson(viewer, course.id)).rejects.toMatchObject({ code })
    }
    await test.db.classMember.updateMany({ where: { userId: ada.id }, data: { removedAt: new Date() } })
    expect((await readCsv(course)).map(([, , name]) => name)).toEqual(['name', 'Bob'])
    expect((await logOf(course.id)).filter(({ action }) => action === 'class.exported')).toEqual([
      { action: 'class.exported', actorId: course.instructor.id, detail: { format: 'csv' } },
    ])
  })
})

describe('everything as JSON', () => {
  it('has sets, exceptions, marks, changes by hand, submissions and comments', async () => {
    const { course, set, item, ada, bob, half } = await newClass()
    await overrideMark(course.instructor, course.id, { student: ada.id, item, mark: 305, reason: 'Oral exam', after: null })
    await grantException(course.instructor, course.id, set, {
      for: { kind: 'student', id: bob.id }, dueAt: null, closesAt: at(2 * DAY), attemptLimit: null, exempt: false, reason: 'ill',
    })
    await addComment(course.instructor, course.id, { submission: half, line: 1, body: 'Why?' })
    const json = await readJson(course)
    expect(json.sections).toMatchObject([{ name: 'Monday' }])
    expect(json.sets).toMatchObject([
      { id: set, latePolicy: { kind: 'none' }, items: [{ id: item }], exceptions: [{ student: bob.id, reason: 'ill' }] }, {},
    ])
    expect(json.students.map(({ id, total }) => [id, total])).toEqual([[ada.id, 305], [bob.id, 700]])
    expect(json.students[0]).toMatchObject({
      marks: [{ set, total: 305, items: [{ item, mark: 305, computed: 280, submission: half }] }, {}],
      overrides: [{ mark: 305, reason: 'Oral exam' }],
      submissions: [{ id: half, score: 4, maxScore: 10, comments: [{ body: 'Why?', line: 1 }] }],
    })
  })

  it('has no submission from before the first set with the exercise opened', async () => {
    const { course, ada, half } = await newClass()
    await newSubmission(ada.id, OPENED - 1)
    const first = await newSubmission(ada.id, OPENED)
    expect((await readJson(course)).students[0]?.submissions.map(({ id }) => id)).toEqual([first, half])
  })

  it('has nothing of people outside, and no submission for an exercise that the class does not have', async () => {
    const { course, ada, bob } = await newClass()
    const outsider = await newPerson('outsider@example.org')
    await newSubmission(outsider.id, OPENED + HOUR)
    const removed = await newStudent(course.id, { name: 'Removed' })
    await newSubmission(removed.id, OPENED + HOUR)
    await test.db.classMember.updateMany({ where: { userId: removed.id }, data: { removedAt: new Date() } })
    const foreign = await newSubmission(ada.id, OPENED + HOUR)
    await test.db.submission.update({ where: { id: foreign }, data: { exercise: 'elsewhere' } })
    const text = (await join((await exportJson(course.instructor, course.id)).chunks)).join('')
    for (const secret of [outsider.id, removed.id, removed.email, 'outsider@example.org', foreign]) expect(text).not.toContain(secret)
    expect(text).toContain(bob.email)
  })

  it('ends when the one who reads it may do so no more', async () => {
    const course = await newCourse()
    await newSet(course)
    for (let each = 0; each < 3; each++) await newStudent(course.id)
    const { chunks } = await exportJson(course.instructor, course.id)
    await test.db.classMember.updateMany({ where: { classId: course.id, userId: course.instructor.id }, data: { role: 'student' } })
    await expect(join(chunks)).rejects.toMatchObject({ code: 'forbidden' })
  })
})

describe('the code of a set as ZIP', () => {
  it('has what counts of each student, with a table of whose it is', async () => {
    const { course, set, ada, bob, half, full } = await newClass()
    await newSubmission(ada.id, OPENED + 2 * HOUR, { score: 3 })
    await newStudent(course.id, { name: 'Idle' })
    const files = await readZip(course, set)
    const source = async (id: string) => (await test.db.submission.findUniqueOrThrow({ where: { id } })).source
    const [adaFile, bobFile] = ['Ada A-1/adder.ts', `Bob ${bob.email}/adder.ts`]
    expect(Object.keys(files).sort()).toEqual([adaFile, bobFile, 'submissions.csv'].sort())
    expect(files[adaFile]).toBe(await source(half))
    expect(files[bobFile]).toBe(await source(full))
    expect(parse(files['submissions.csv']!, { bom: true })).toEqual([
      ['file', 'email', 'external_id', 'name', 'exercise', 'submission'],
      [adaFile, ada.email, 'A-1', 'Ada', 'adder', half], [bobFile, bob.email, '', 'Bob', 'adder', full],
    ])
  })

  it('has no path that leads out of it, and none twice', async () => {
    const course = await newCourse()
    const set = await newSet(course, { opensAt: new Date(OPENED).toISOString() })
    for (const [name, externalId] of [['../../etc', '/passwd'], ['..\\evil', 'C:'], ['Ada', 'x'], ['ada', 'X']] as const) {
      const student = await newStudent(course.id, { name, externalId })
      await newSubmission(student.id, OPENED + HOUR)
    }
    const paths = Object.keys(await readZip(course, set))
    expect(paths).toHaveLength(5)
    for (const path of paths) expect(path).toMatch(/^(submissions\.csv|[^./\\:][^/\\:]*\/adder\.ts)$/)
    expect(new Set(paths.map((path) => path.toLowerCase())).size).toBe(5)
  })

  it('of a set with many submissions comes in pieces, and a set of another class not at all', async () => {
    const course = await newCourse()
    const set = await newSet(course, { opensAt: new Date(OPENED).toISOString() })
    for (let each = 0; each < 55; each++) {
      const { id } = await test.db.user.create({ data: { email: `${each}.${course.id}@example.org`, name: `Student ${each}` } })
      await addMember(course.id, id, 'student')
      await newSubmission(id, OPENED + HOUR)
    }
    const { chunks } = await exportZip(course.instructor, course.id, set)
    expect((await join(chunks)).length).toBeGreaterThan(55)
    expect(Object.keys(await readZip(course, set))).toHaveLength(56)
    const other = await newCourse()
    await expect(exportZip(other.instructor, other.id, set)).rejects.toMatchObject({ code: 'not-found' })
  })
})

describe('a safe file name', () => {
  it.each([
    ['../../etc/passwd', 'etc-passwd'], ['a/b\\c:d*e?f"g<h>i|j', 'a-b-c-d-e-f-g-h-i-j'], ['...', 'unnamed'], ['', 'unnamed'],
    ['CON', '_CON'], ['nul.txt', '_nul.txt'], ['.bashrc', 'bashrc'], ['~root', 'root'], ['name. ', 'name'],
    ['李 雷', '李 雷'], ['a\u202Egpj.exe', 'agpj.exe'], ['a\u0000b', 'ab'], ['-rf', 'rf'],
  ])('of %j is %j', (text, name) => expect(safeFileName(text)).toBe(name))

  it('is short, also of letters of two units', () => {
    expect([...safeFileName('𝒜'.repeat(500))]).toHaveLength(60)
  })
})
