import { describe, expect, it } from 'vitest'
import { subjectOf } from '@/lib/content/check/subject'
import { runTypes } from '@/lib/content/check/types/run-types'
import { loadCatalogue } from '@/lib/content/load-catalogue'
import { below, type CourseFiles, edit, MANIFEST, sampleExercise, sampleTopic, writeCourse } from './sample-course'

const HIDDEN = 'hidden.test.ts'

/** A hidden test whose first test has this body. */
const testing = (body: string, top = ''): CourseFiles => {
  const files = edit(sampleExercise(), HIDDEN, "describe('inside'", `${top}\ndescribe('inside'`)
  return edit(files, HIDDEN, 'const x = random.int(1, 9)', `const x = random.int(1, 9)\n    ${body}`)
}

const counting = (declaration: string, use: string): CourseFiles => {
  const files = { ...sampleExercise(), 'exercise.json': JSON.stringify({ ...MANIFEST, exports: { Counter: 'class' } }) }
  const source = 'export class Counter {\n  count = 0\n  add(): number {\n    return ++this.count\n  }\n}\n'
  const sources = ['starter.ts', 'solution.ts', 'wrong/no-upper.ts', 'wrong/no-lower.ts', 'wrong/always-lower.ts']
  const test = `import { describe, expect, it } from 'vitest'
import { inGuest } from 'handroll'
import { Counter } from './solution'
${declaration}
describe('inside', () => {
  it('counts', async () => {
    ${use}
  })
})
describe('outside', () => {
  it('counts', () => expect([new Counter().add(), typeof inGuest]).toEqual([1, 'function']))
})
`
  return {
    ...files,
    ...Object.fromEntries(sources.map((file) => [file, source])),
    [HIDDEN]: test,
    'visible.test.ts': test,
  }
}

const SOLUTION_TYPE = "typeof import('./solution')"

/** One exercise each; all are checked at once, as a course is. */
const CASES: Record<string, { files: CourseFiles; finds: RegExp | null }> = {
  'an exercise in order': { files: sampleExercise(), finds: null },
  'a class in order': { files: counting('', 'expect(new Counter().add()).toBe(1)'), finds: null },
  'a reference with a type error': {
    files: edit(sampleExercise(), 'solution.ts', 'return ', 'return `${x}` + '),
    finds: /solution\.ts types line 2/,
  },
  'a wrong solution with a syntax error': {
    files: edit(sampleExercise(), 'wrong/no-upper.ts', 'return ', 'return ('),
    finds: /wrong\/no-upper\.ts types line/,
  },
  'a test with an implicit any': {
    files: testing('const same = (y) => y === x\n    expect(same(x)).toBe(true)'),
    finds: /hidden\.test\.ts types .*implicitly/,
  },
  'a starter that the tests do not fit': {
    files: edit(sampleExercise(), 'starter.ts', 'high: number)', 'high: string)'),
    finds: /starter\.ts types does not fit visible\.test\.ts/,
  },
  'a reference that lacks an export': {
    files: {
      ...sampleExercise(),
      'exercise.json': JSON.stringify({ ...MANIFEST, exports: { clamp: 'function', wrap: 'function' } }),
    },
    finds: /solution\.ts exports does not export wrap/,
  },
  'an export that is not listed': {
    files: edit(sampleExercise(), 'solution.ts', 'export function', 'export const EXTRA = 1\nexport function'),
    finds: /solution\.ts exports exports EXTRA/,
  },
  'an export of another kind': {
    files: { ...sampleExercise(), 'exercise.json': JSON.stringify({ ...MANIFEST, exports: { clamp: 'class' } }) },
    finds: /solution\.ts exports exports clamp as function, not as class/,
  },
  'a constant that holds a function': {
    files: edit(
      sampleExercise(),
      'solution.ts',
      'export function clamp(x: number, low: number, high: number): number {',
      'export const clamp = (x: number, low: number, high: number): number => {',
    ),
    finds: null,
  },
  'an import of something else': { files: testing('', "import 'node:fs'"), finds: /membrane .*imports node:fs/ },
  'a use of process': {
    files: testing('expect(process.pid).toBeGreaterThan(0)'),
    finds: /types .*Cannot find name 'process'/,
  },
  'a method that is called process': { files: testing('expect({ process: 1 }.process).toBe(1)'), finds: null },
  'a class that extends an export': {
    files: counting('class Special extends Counter {}', 'expect(new Special().add()).toBe(1)'),
    finds: /membrane .*extends Counter/,
  },
  'a class that extends its own': {
    files: counting('class Base {}\nclass Own extends Base {}', 'expect(new Own()).toBeInstanceOf(Base)'),
    finds: null,
  },
  'a cloned instance': {
    files: counting('', 'expect(structuredClone(new Counter())).toBeDefined()'),
    finds: /membrane .*clones an instance/,
  },
  'cloned data': { files: testing('expect(structuredClone({ x })).toEqual({ x })'), finds: null },
  'a single empty await': { files: counting('', 'await null'), finds: /membrane .*awaits nothing once/ },
  'many empty awaits': { files: counting('', 'for (let i = 0; i < 50; i++) await null'), finds: null },
  'a queued microtask': { files: testing('queueMicrotask(() => {})'), finds: /membrane .*order of microtasks/ },
  'a real sleep': {
    files: counting('', 'await new Promise((resolve) => setTimeout(resolve, 5))'),
    finds: /membrane .*waits in real time/,
  },
  'a driver that uses a name from outside': {
    files: counting(
      'const OFFSET = 2',
      `inGuest((solution: ${SOLUTION_TYPE}) => new solution.Counter().add() + OFFSET)`,
    ),
    finds: /membrane .*uses OFFSET from outside/,
  },
  'a driver that uses an import': {
    files: counting('', 'inGuest(() => new Counter().add())'),
    finds: /membrane .*uses Counter from outside/,
  },
  'a driver that uses itself, its arguments and the language': {
    files: counting(
      '',
      `inGuest((solution: ${SOLUTION_TYPE}, steps: number) => {
      const { Counter: Own } = solution
      const seen = new Map<string, number>()
      for (const step of Array.from({ length: steps }, (_, i) => i)) seen.set(String(step), new Own().add())
      return { steps, most: Math.max(...seen.values()), none: undefined }
    }, 3)`,
    ),
    finds: null,
  },
  'a driver that has a name of its own': {
    files: counting(
      `const drive = (solution: ${SOLUTION_TYPE}): number => new solution.Counter().add()`,
      'inGuest(drive)',
    ),
    finds: null,
  },
  'a driver that comes from elsewhere': {
    files: counting('const made = [(): number => 1]', 'inGuest(made[0] as () => number)'),
    finds: /membrane .*must be a function written in this file/,
  },
  'many calls one by one': {
    files: testing('for (let i = 0; i < 5_000; i++) expect(clamp(i, 0, 1e6)).toBe(i)'),
    finds: /membrane .*up to 5000 times/,
  },
  'many steps of a model': {
    files: testing('let sum = 0\n    for (let i = 0; i < 5_000; i++) sum += i\n    expect(sum).toBe(12_497_500)'),
    finds: null,
  },
}

describe('the compiler', () => {
  const slugs = Object.keys(CASES).map((_, i) => `case-${i}`)
  const found = new Map<string, string[]>()

  it('checks a whole course at once', async () => {
    const files = Object.values(CASES).map((each, i) => below(`numbers/${slugs[i]}`, each.files))
    const dir = await writeCourse(Object.assign(below('numbers', sampleTopic(slugs)), ...files))
    const { catalogue } = await loadCatalogue(dir)
    const subjects = slugs
      .map((slug) => catalogue.findExercise(slug))
      .flatMap((each) => (each ? [subjectOf(dir, each)] : []))
    expect(subjects).toHaveLength(slugs.length)
    for (const { file, rule, message } of await runTypes(subjects)) {
      const [, slug = '', ...rest] = file.split('/')
      found.set(slug, [...(found.get(slug) ?? []), `${rest.join('/')} ${rule} ${message}`])
    }
  })

  for (const [i, [what, { finds }]] of Object.entries(CASES).entries()) {
    it(`${finds === null ? 'accepts' : 'refuses'} ${what}`, () => {
      const problems = found.get(`case-${i}`) ?? []
      if (finds === null) expect(problems).toEqual([])
      else expect(problems.join('\n')).toMatch(finds)
    })
  }
})
