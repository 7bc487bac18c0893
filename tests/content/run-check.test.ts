import { spawn } from 'node:child_process'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { type CheckReport, runCheck } from '@/lib/content/check/run-check'
import {
  below,
  type CourseFiles,
  edit,
  sampleCourse,
  sampleExercise,
  sampleTopic,
  without,
  writeCourse,
} from './sample-course'

const REPOSITORY = path.resolve(import.meta.dirname, '../..')

/** Checks with the real Vitest alone; the other hosts are compared with it elsewhere. */
async function checkPlain(
  dir: string,
  { only = '', cacheDir = '', independentDir = null as string | null } = {},
): Promise<CheckReport> {
  const scratch = cacheDir || (await writeCourse({}))
  return runCheck({
    dir,
    only,
    hosts: ['plain'],
    workers: 1,
    cacheDir: scratch,
    independentDir,
    useCache: true,
    onProgress: () => {},
  })
}

/** The prompts of an exercise whose limit is a second. */
function withOneSecond(files: CourseFiles): CourseFiles {
  return edit(edit(files, 'prompt.en.md', '5 s', '1 s'), 'prompt.zh.md', '5 秒', '1 秒')
}

/** One exercise for each fault that only a run can show. */
const FAULTS: Record<string, { files: CourseFiles; finds: string[] }> = {
  sound: { files: sampleExercise(), finds: [] },
  'solved-starter': {
    files: { ...sampleExercise(), 'starter.ts': sampleExercise()['solution.ts'] ?? '' },
    finds: ['starter.ts starter'],
  },
  'failing-reference': {
    files: edit(sampleExercise(), 'solution.ts', 'Math.min(high, x)', 'x'),
    finds: ['solution.ts solution'],
  },
  'accepted-wrong': {
    files: { ...sampleExercise(), 'wrong/no-lower.ts': sampleExercise()['solution.ts'] ?? '' },
    finds: ['wrong/no-lower.ts wrong-accepted'],
  },
  'alike-wrong': {
    files: { ...sampleExercise(), 'wrong/no-lower.ts': sampleExercise()['wrong/no-upper.ts'] ?? '' },
    finds: ['wrong/no-lower.ts wrong-alike'],
  },
  'endless-wrong': {
    files: {
      ...edit(withOneSecond(sampleExercise()), 'exercise.json', '"order":1', '"order":1,"limits":{"wallMs":1000}'),
      'wrong/no-lower.ts': (sampleExercise()['wrong/no-lower.ts'] ?? '').replace(
        'return',
        'while (x < low) x -= 0\n  return',
      ),
    },
    finds: [],
  },
  'late-rejection': {
    files: edit(sampleExercise(), 'solution.ts', 'return ', "void Promise.reject(new Error('late'))\n  return "),
    finds: ['solution.ts solution'],
  },
  'late-wrong': {
    files: {
      ...sampleExercise(),
      'wrong/no-lower.ts': (sampleExercise()['solution.ts'] ?? '').replace(
        'return ',
        "void Promise.reject(new Error('late'))\n  return ",
      ),
    },
    finds: ['wrong/no-lower.ts wrong-accepted'],
  },
  'untold-points': {
    files: edit(sampleExercise(), 'prompt.zh.md', '| 6 |', '| 7 |'),
    finds: ['prompt.zh.md grading-told'],
  },
  'untold-limits': {
    files: edit(sampleExercise(), 'prompt.en.md', '5 s, 128 MiB', '15 s'),
    finds: ['prompt.en.md grading-told'],
  },
  'failing-by-chance': {
    files: edit(
      sampleExercise(),
      'hidden.test.ts',
      'const x = random.int(1, 9)',
      "const x = random.int(1, 9)\n    if (random.seed % 2 === 0 && clamp(99, 0, 10) === 99) throw new Error('by chance')",
    ),
    finds: ['wrong/no-upper.ts wrong-unstable'],
  },
}

describe('the check', () => {
  it('finds what only runs can show, exercise by exercise', async () => {
    const slugs = Object.keys(FAULTS)
    const orders = slugs.map((slug, i) => {
      return below(`numbers/${slug}`, edit(FAULTS[slug]?.files ?? {}, 'exercise.json', '"order":1', `"order":${i + 1}`))
    })
    const dir = await writeCourse(Object.assign(below('numbers', sampleTopic(slugs)), ...orders))
    const { problems, checked } = await checkPlain(dir)
    const found = (slug: string): string[] => {
      const own = problems.filter(({ file }) => file.startsWith(`numbers/${slug}/`))
      return [...new Set(own.map(({ file, rule }) => `${file.replace(`numbers/${slug}/`, '')} ${rule}`))]
    }
    expect(problems.filter(({ file }) => file === '.')).toEqual([])
    expect(checked).toBe(slugs.length)
    expect(slugs.map((slug) => [slug, found(slug)])).toEqual(slugs.map((slug) => [slug, FAULTS[slug]?.finds]))
  }, 300_000)

  it('checks only the exercise that it is asked for', async () => {
    const broken = without(sampleExercise(), 'solution.ts')
    const dir = await writeCourse({ ...sampleCourse(), ...below('numbers/other', broken) })
    const one = await checkPlain(dir, { only: 'numbers/clamp' })
    expect([one.checked, one.problems]).toEqual([1, []])
    const other = await checkPlain(dir, { only: 'numbers/other' })
    expect(other.problems.map(({ file }) => file)).toEqual(['numbers/other/solution.ts'])
  })

  it('does not run again what has passed, until it changes', async () => {
    const cacheDir = await writeCourse({})
    const dir = await writeCourse(sampleCourse())
    const counts = async (where: string): Promise<number[]> => {
      const { checked, cached } = await checkPlain(where, { cacheDir })
      return [checked, cached]
    }
    expect(await counts(dir)).toEqual([1, 0])
    expect(await counts(dir)).toEqual([0, 1])
    const changed = await writeCourse(edit(sampleCourse(), 'numbers/clamp/prompt.en.md', 'Write', 'Please write'))
    expect(await counts(changed)).toEqual([1, 0])
  })
})

describe('independent solutions', () => {
  const reference = sampleExercise()['solution.ts'] ?? ''
  const faulty = reference.replace('Math.min(high, x)', 'x')

  /** A course of one exercise of medium difficulty. */
  const mediumCourse = (): CourseFiles => {
    const medium = edit(sampleCourse(), 'numbers/clamp/exercise.json', '"difficulty":"easy"', '"difficulty":"medium"')
    const inside = edit(medium, 'numbers/clamp/exercise.json', '"points":4', '"points":14')
    const english = edit(inside, 'numbers/clamp/prompt.en.md', '| 4 |', '| 14 |')
    return edit(english, 'numbers/clamp/prompt.zh.md', '| 4 |', '| 14 |')
  }

  const problemsWith = async (course: CourseFiles, independent: CourseFiles, cacheDir = ''): Promise<string[]> => {
    const independentDir = await writeCourse(independent)
    const { problems } = await checkPlain(await writeCourse(course), { independentDir, cacheDir })
    return problems.map(({ file, rule, message }) => `${file} [${rule}] ${message.replace(independentDir, '<folder>')}`)
  }

  it('of an exercise pass its tests, or the tests that they fail are named', async () => {
    expect(await problemsWith(mediumCourse(), { 'clamp.ts': reference })).toEqual([])
    const problems = await problemsWith(mediumCourse(), { 'clamp.ts': faulty })
    expect(problems).toHaveLength(3)
    for (const seed of [1, 2, 3]) {
      expect(problems[seed - 1]).toContain(
        'numbers/clamp/hidden.test.ts [independent] ' +
          `the independent solution fails it in plain with seed ${seed}: "lowers a value above the upper bound" failed:`,
      )
    }
  })

  it('are asked for where an exercise is not easy', async () => {
    expect(await problemsWith(sampleCourse(), {})).toEqual([])
    expect(await problemsWith(mediumCourse(), {})).toEqual([
      'numbers/clamp/prompt.en.md [independent-missing] ' +
        'a medium exercise needs a second solution, written from the prompt alone: <folder>/clamp.ts',
    ])
  })

  it('are not asked for where no folder of them is given', async () => {
    expect((await checkPlain(await writeCourse(mediumCourse()))).problems).toEqual([])
  })

  it('that solve no exercise are reported', async () => {
    expect(await problemsWith(sampleCourse(), { 'clmap.ts': reference })).toEqual([
      '. [independent-stray] <folder>/clmap.ts solves no exercise: none has the name clmap',
    ])
  })

  it('are run again when they have changed, although the exercise has not', async () => {
    const cacheDir = await writeCourse({})
    expect(await problemsWith(mediumCourse(), { 'clamp.ts': reference }, cacheDir)).toEqual([])
    expect(await problemsWith(mediumCourse(), { 'clamp.ts': faulty }, cacheDir)).toHaveLength(3)
  })
})

describe('npm run exercises:check', () => {
  const cli = (
    args: string[],
    env: Record<string, string> = {},
  ): Promise<{ code: number | null; out: string; err: string }> => {
    return new Promise((resolve) => {
      const script = path.join(REPOSITORY, 'lib/content/check/cli.ts')
      const child = spawn(process.execPath, ['--import', 'tsx', script, ...args], {
        cwd: REPOSITORY,
        env: { ...process.env, ...env },
      })
      const texts = { out: '', err: '' }
      child.stdout.on('data', (chunk: Buffer) => (texts.out += chunk.toString()))
      child.stderr.on('data', (chunk: Buffer) => (texts.err += chunk.toString()))
      child.on('exit', (code) => resolve({ code, ...texts }))
    })
  }

  it('exits with 1 and prints file and rule of each problem', async () => {
    const dir = await writeCourse(without(sampleCourse(), 'numbers/clamp/hints.zh.md'))
    const { code, out } = await cli(['--hosts', 'plain'], { EXERCISES_DIR: dir })
    expect(out).toContain('numbers/clamp/hints.zh.md  [file-missing]  is missing or empty')
    expect(out).toMatch(/^1 problem/m)
    expect(code).toBe(1)
  })

  it('exits with 0 when an exercise outside the repository is in order', async () => {
    const dir = await writeCourse(sampleCourse())
    const { code, out } = await cli([path.join(dir, 'numbers/clamp'), '--hosts', 'plain'])
    expect(out).toContain('Exercises are in order: 1 checked')
    expect(code).toBe(0)
  })

  it('looks for independent solutions where it is told to', async () => {
    const dir = await writeCourse(sampleCourse())
    const folder = await writeCourse({ 'clamp.ts': 'export const clamp = (x: number): number => x\n' })
    const { code, out } = await cli(['--hosts', 'plain', '--independent', folder], { EXERCISES_DIR: dir })
    expect(out).toContain('numbers/clamp/hidden.test.ts  [independent]  the independent solution fails it in plain')
    expect(code).toBe(1)
    const nowhere = await cli(['--independent', path.join(folder, 'none')], { EXERCISES_DIR: dir })
    expect([nowhere.code, nowhere.err]).toEqual([2, `${path.join(folder, 'none')} does not exist\n`])
  })

  it('exits with 2 when there is nothing to check', async () => {
    expect((await cli(['no/such/exercise'])).code).toBe(2)
    expect((await cli([], { EXERCISES_DIR: await writeCourse({}) })).code).toBe(2)
  })
})
