import { describe, expect, it } from 'vitest'
import { queryOfView, viewFromQuery } from '@/app/classes/[class]/gradebook/_grid/address'
import { arrange } from '@/app/classes/[class]/gradebook/_grid/arrange'
import { gridOf } from '@/app/classes/[class]/gradebook/_grid/from-gradebook'
import { FIRST_VIEW, type GridView } from '@/app/classes/[class]/gradebook/_grid/model'
import { pack, unpack } from '@/app/classes/[class]/gradebook/_grid/packed'
import { formatMark, parseMark } from '@/app/_marking/format-mark'
import type { Gradebook, GradebookCell } from '@/lib/contract/gradebook'

const AT = '2026-10-01T00:00:00.000Z'
const SUBMISSION = '01900000-0000-7000-8000-000000000000'

const set = (id: string, opensAt: string, points: number[]): Gradebook['sets'][number] => ({
  id, title: `Set ${id}`, opensAt, dueAt: AT, closesAt: AT, pickCount: 0, max: points.reduce((sum, each) => sum + each * 100, 0),
  items: points.map((each, index) => ({
    id: `${id}${index}`, exercise: `exercise-${index}`, points: each, kind: 'required' as const,
    title: index === 0 ? { en: 'First', zh: '第一' } : null,
  })),
})

const row = (first: GradebookCell, second: GradebookCell, total: number): Gradebook['rows'][number] => ({
  total, max: 2000, graceDaysLeft: 0, sets: [[total, true, 0], [0, false, 0]], cells: [first, second, ['none', 0, 0, null, true]],
})

const student = (id: string, name: string, sectionId: string | null = null) =>
  ({ id, name, email: `${id}@example.org`, externalId: `X-${id}`, sectionId })

/** Two sets, the second of which has not opened; three students. */
const GRADEBOOK: Gradebook = {
  classId: 'c', at: AT, timeZone: 'UTC', graceDays: 0, sections: [{ id: 's1', name: 'Monday' }],
  sets: [set('a', '2026-09-01T00:00:00.000Z', [10, 10]), set('b', '2026-11-01T00:00:00.000Z', [5])],
  students: [student('1', 'Émile', 's1'), student('2', 'Bob'), student('3', 'ada')],
  rows: [
    row(['passed', 1000, 0, SUBMISSION, true], ['late', 500, 2, SUBMISSION, true], 1500),
    row(['failed', 0, 0, SUBMISSION, true], ['late', 0, 0, null, true], 0),
    row(['overridden', 1200, 0, null, true], ['queued', 0, 0, null, false], 1200),
  ],
}

const { columns, rows } = gridOf(GRADEBOOK, 'en')
const shown = (view: Partial<GridView>) => {
  const found = arrange(rows, columns, { ...FIRST_VIEW, ...view }, new Intl.Collator('en'))
  return { names: found.rows.map((each) => each.student.name), columns: found.columns.map((index) => columns[index]?.id) }
}

describe('a gradebook as a grid', () => {
  it('has the exercises of each set and then its total, named in the language of the reader', () => {
    expect(columns.map(({ id, title, max, kind }) => [id, title, max, kind])).toEqual([
      ['a0', 'First', 1000, 'required'], ['a1', 'exercise-1', 1000, 'required'], ['total-a', null, 2000, 'total'],
      ['b0', 'First', 500, 'required'], ['total-b', null, 500, 'total'],
    ])
    expect(gridOf(GRADEBOOK, 'zh').columns[0]?.title).toBe('第一')
  })

  it('says of each cell what is in it', () => {
    expect(rows.map(({ cells }) => cells.map(({ state }) => state))).toEqual([
      ['full', 'part', 'part', 'closed', 'closed'],
      ['zero', 'tooLate', 'zero', 'closed', 'closed'],
      ['full', 'queued', 'part', 'closed', 'closed'],
    ])
    expect(rows[2]?.cells[0]).toMatchObject({ overridden: true, mark: 1200 })
    expect(rows[0]?.cells[1]).toMatchObject({ lateDays: 2, counts: true })
    expect(rows[2]?.cells[1]).toMatchObject({ counts: false })
    expect(rows[0]?.student.section).toBe('Monday')
  })

  it('is the same after it was sent', () => {
    expect(unpack(JSON.parse(JSON.stringify(pack(columns, rows))))).toEqual({ columns, rows })
  })
})

describe('the rows of the grid', () => {
  it('are sorted by name without regard to capitals and signs, by section, total and any column, either way', () => {
    expect(shown({}).names).toEqual(['ada', 'Bob', 'Émile'])
    expect(shown({ descending: true }).names).toEqual(['Émile', 'Bob', 'ada'])
    expect(shown({ sort: 'section' }).names).toEqual(['ada', 'Bob', 'Émile'])
    expect(shown({ sort: 'section', descending: true }).names).toEqual(['Émile', 'ada', 'Bob'])
    expect(shown({ sort: 'total', descending: true }).names).toEqual(['Émile', 'ada', 'Bob'])
    expect(shown({ sort: 'a0', descending: true }).names).toEqual(['ada', 'Émile', 'Bob'])
    expect(shown({ sort: 'total-a' }).names).toEqual(['Bob', 'ada', 'Émile'])
    expect(shown({ sort: 'no-such-column' }).names).toEqual(['ada', 'Bob', 'Émile'])
  })

  it('are found by parts of name, address and external id, by section and by what one of their cells is like', () => {
    expect(shown({ text: 'emil' }).names).toEqual(['Émile'])
    expect(shown({ text: 'x-2 bob' }).names).toEqual(['Bob'])
    expect(shown({ text: '3@example' }).names).toEqual(['ada'])
    expect(shown({ section: 'Monday' }).names).toEqual(['Émile'])
    expect(shown({ pick: 'late' }).names).toEqual(['Bob', 'Émile'])
    expect(shown({ pick: 'overridden' }).names).toEqual(['ada'])
    expect(shown({ pick: 'queued' }).names).toEqual(['ada'])
    expect(shown({ pick: 'zero' }).names).toEqual(['Bob'])
    expect(shown({ pick: 'none' }).names).toEqual([])
  })

  it('are looked at within the one set that is shown', () => {
    expect(shown({ set: 'b' })).toEqual({ names: ['ada', 'Bob', 'Émile'], columns: ['b0', 'total-b'] })
    expect(shown({ set: 'b', pick: 'late' }).names).toEqual([])
  })
})

it('the address keeps how the gradebook is looked at, and nothing that it does not know', () => {
  const view: GridView = { sort: 'a0', descending: true, text: 'a b', section: 'Monday', pick: 'late', set: 'a' }
  expect(viewFromQuery(Object.fromEntries(new URLSearchParams(queryOfView(view))))).toEqual(view)
  expect(queryOfView(FIRST_VIEW)).toBe('')
  expect(viewFromQuery({ state: 'nonsense', order: 'sideways' })).toEqual(FIRST_VIEW)
})

describe('a mark', () => {
  it.each([[725, '7.25'], [1000, '10'], [50, '0.5'], [123456, '1,234.56'], [0, '0']])('of %i hundredths is %s points', (mark, text) => {
    expect(formatMark(mark, 'en')).toBe(text)
  })

  it.each([['7.25', 725], ['7,5', 750], [' 10 ', 1000], ['0.05', 5], ['', null], ['7.255', null], ['-1', null], ['1e3', null], ['7.', null]])(
    'typed as %j is %j', (text, mark) => expect(parseMark(text)).toBe(mark),
  )
})
