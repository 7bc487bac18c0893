import { describe, expect, it } from 'vitest'
import { compareHosts } from '@/lib/content/check/compare-hosts'
import { judgeHost } from '@/lib/content/check/judge-host'
import { planRuns } from '@/lib/content/check/plan-runs'
import type { HostName, Run, RunResult, TestOutcome } from '@/lib/content/check/run'
import { type Subject, subjectOf } from '@/lib/content/check/subject'
import { loadCatalogue } from '@/lib/content/load-catalogue'
import type { ContentProblem } from '@/lib/content/problem'
import { sampleCourse, writeCourse } from './sample-course'

const IN = ['inside', 'keeps a value'] as const
const LOW = ['outside', 'raises a low value'] as const
const HIGH = ['outside', 'lowers a high value'] as const
const VISIBLE = [
  ['clamp', 'one'],
  ['clamp', 'two'],
  ['clamp', 'three'],
] as const

type Title = readonly [group: string, name: string]

const outcomes = (titles: readonly Title[], failing: readonly Title[]): TestOutcome[] => {
  return titles.map((title) => {
    const state = failing.includes(title) ? 'failed' : 'passed'
    return { group: title[0], name: title[1], state, message: state === 'failed' ? 'expected something else' : null }
  })
}

/** What each hidden test file finds in a course in order. */
const FAILING: Record<string, readonly Title[]> = {
  'starter.ts': [IN, LOW, HIGH],
  'wrong/no-upper.ts': [HIGH],
  'wrong/no-lower.ts': [LOW],
  'wrong/always-lower.ts': [IN, HIGH],
}

type Change = (result: RunResult) => Partial<RunResult>

/** All results of a host for an exercise in order, but for what `change` says. */
function resultsOf(subject: Subject, host: HostName, change: Change = () => ({})): RunResult[] {
  return planRuns(subject, host).map((run): RunResult => {
    const hidden = outcomes([IN, LOW, HIGH], FAILING[run.target] ?? [])
    const visible = outcomes(VISIBLE, run.target === 'starter.ts' ? VISIBLE : [])
    const tests = run.tests === 'hidden' ? hidden : visible
    const result: RunResult = { run, host, tests, fault: null, wallMs: 20 }
    return { ...result, ...change(result) }
  })
}

const subject = async (): Promise<Subject> => {
  const dir = await writeCourse(sampleCourse())
  const exercise = (await loadCatalogue(dir)).catalogue.findExercise('clamp')
  if (exercise === null) throw new Error('the sample does not load')
  return subjectOf(dir, exercise)
}

const brief = (problems: readonly ContentProblem[]): string[] => {
  return [...new Set(problems.map(({ file, rule }) => `${file.replace('numbers/clamp/', '')} ${rule}`))]
}

const isRun = (run: Run, target: string, tests: Run['tests']): boolean => run.target === target && run.tests === tests

const CASES: ReadonlyArray<[what: string, change: Change, found: string[]]> = [
  ['a course in order', () => ({}), []],
  [
    'a starter that passes the visible tests',
    ({ run }) => (isRun(run, 'starter.ts', 'visible') ? { tests: outcomes(VISIBLE, []) } : {}),
    ['starter.ts starter'],
  ],
  [
    'a reference that fails a test with one seed',
    ({ run }) =>
      isRun(run, 'solution.ts', 'hidden') && run.seed === 7 ? { tests: outcomes([IN, LOW, HIGH], [LOW]) } : {},
    ['solution.ts solution'],
  ],
  [
    'a reference with an error outside any test',
    ({ run }) => (isRun(run, 'solution.ts', 'visible') && run.seed === 2 ? { fault: 'unhandled Error: late' } : {}),
    ['solution.ts solution'],
  ],
  [
    'a test file that runs no test',
    ({ run }) => (isRun(run, 'solution.ts', 'visible') ? { tests: [] } : {}),
    ['solution.ts solution', 'visible.test.ts visible-count'],
  ],
  [
    'a reference that is always slow',
    ({ run }) => (isRun(run, 'solution.ts', 'hidden') ? { wallMs: 501 } : {}),
    ['solution.ts solution-slow'],
  ],
  ['a reference that was slow but once', ({ run }) => (run.seed > 1 ? { wallMs: 900 } : {}), []],
  [
    'seven visible tests',
    ({ run }) => {
      const many = Array.from({ length: 7 }, (_, i) => ['clamp', `rule ${i}`] as const)
      return run.tests === 'visible' ? { tests: outcomes(many, run.target === 'starter.ts' ? many : []) } : {}
    },
    ['visible.test.ts visible-count'],
  ],
  [
    'a group without a test',
    ({ run, tests }) =>
      isRun(run, 'solution.ts', 'hidden') ? { tests: tests.filter(({ group }) => group !== 'inside') } : {},
    ['hidden.test.ts group-empty'],
  ],
  [
    'a test outside all groups',
    ({ run, tests }) =>
      isRun(run, 'solution.ts', 'hidden') ? { tests: [...tests, ...outcomes([['', 'alone']], [])] } : {},
    ['hidden.test.ts group-empty'],
  ],
  [
    'a wrong solution that is accepted',
    ({ run }) => (isRun(run, 'wrong/no-upper.ts', 'hidden') ? { tests: outcomes([IN, LOW, HIGH], []) } : {}),
    ['wrong/no-upper.ts wrong-accepted'],
  ],
  [
    'a wrong solution that another group rejects',
    ({ run }) =>
      isRun(run, 'wrong/always-lower.ts', 'hidden') ? { tests: outcomes([IN, LOW, HIGH], [LOW, HIGH]) } : {},
    ['wrong/always-lower.ts wrong-accepted'],
  ],
  [
    'a wrong solution that never ends',
    ({ run }) => (isRun(run, 'wrong/no-upper.ts', 'hidden') ? { tests: [], fault: 'never ended and was killed' } : {}),
    [],
  ],
  [
    'wrong solutions that all fail a visible test',
    ({ run }) =>
      run.tests === 'visible' && run.target.startsWith('wrong/') ? { tests: outcomes(VISIBLE, [VISIBLE[0]]) } : {},
    ['wrong wrong-visible'],
  ],
  [
    'two wrong solutions that fail the same tests',
    ({ run }) => (isRun(run, 'wrong/no-lower.ts', 'hidden') ? { tests: outcomes([IN, LOW, HIGH], [HIGH]) } : {}),
    ['wrong/no-lower.ts wrong-alike'],
  ],
  [
    'a wrong solution that fails by chance',
    ({ run }) =>
      isRun(run, 'wrong/no-upper.ts', 'hidden') && run.seed === 3
        ? { tests: outcomes([IN, LOW, HIGH], [LOW, HIGH]) }
        : {},
    ['wrong/no-upper.ts wrong-unstable'],
  ],
  [
    'a skipped test',
    ({ run, tests }) => {
      const skipped = tests.map((test) => (test.name === LOW[1] ? { ...test, state: 'skipped' as const } : test))
      return isRun(run, 'solution.ts', 'hidden') && run.seed === 1 ? { tests: skipped } : {}
    },
    ['solution.ts solution'],
  ],
]

describe('the runs of one host', () => {
  for (const [what, change, found] of CASES) {
    it(`say ${found.length === 0 ? 'nothing' : found.join(' and ')} of ${what}`, async () => {
      const under = await subject()
      expect(brief(judgeHost(under, resultsOf(under, 'plain', change)))).toEqual(found)
    })
  }
})

describe('the runs of several hosts', () => {
  const compare = async (change: Change): Promise<ContentProblem[]> => {
    const under = await subject()
    return compareHosts(under, [
      ...resultsOf(under, 'plain'),
      ...resultsOf(under, 'loopback'),
      ...resultsOf(under, 'pipe', change),
    ])
  }

  it('agree when every test has the same state everywhere', async () => {
    expect(await compare(() => ({}))).toEqual([])
  })

  it('differ when one test has another state, and the message names host, test and seed', async () => {
    const problems = await compare(({ run }) => {
      return isRun(run, 'wrong/no-lower.ts', 'hidden') ? { tests: outcomes([IN, LOW, HIGH], []) } : {}
    })
    expect(brief(problems)).toEqual(['wrong/no-lower.ts hosts-differ'])
    expect(problems[0]?.message).toMatch(/plain and pipe with seed 1: "outside > raises a low value" passes/)
  })

  it('agree when a run was killed in both, however far it got', async () => {
    const under = await subject()
    const change: Change = ({ run, host }) => {
      const tests = host === 'pipe' ? outcomes([IN, LOW, HIGH], [HIGH]) : []
      return run.target === 'wrong/no-lower.ts' ? { tests, fault: 'time-limit' } : {}
    }
    const results = [...resultsOf(under, 'plain', change), ...resultsOf(under, 'pipe', change)]
    expect(compareHosts(under, results)).toEqual([])
  })

  it('agree when a test that never ended cost the whole run in one of them', async () => {
    const under = await subject()
    const hanging: TestOutcome = { group: HIGH[0], name: HIGH[1], state: 'failed', message: 'Test timed out in 1250ms.' }
    const change = (outcome: Partial<RunResult>): Change => {
      return ({ run }) => (run.target === 'wrong/no-lower.ts' ? outcome : {})
    }
    const results = [
      ...resultsOf(under, 'plain', change({ tests: [hanging] })),
      ...resultsOf(under, 'pipe', change({ tests: [], fault: 'time-limit' })),
    ]
    expect(compareHosts(under, results)).toEqual([])
  })

  it('differ when a run was killed in one of them only', async () => {
    const problems = await compare(({ run }) => {
      return isRun(run, 'wrong/no-lower.ts', 'hidden') ? { tests: [], fault: 'time-limit' } : {}
    })
    expect(brief(problems)).toEqual(['wrong/no-lower.ts hosts-differ'])
  })
})
