import type { ContentProblem, Rule } from '../problem'
import { judgeIndependent } from './independent'
import { failedTests, type HostName, passed, reasonFor, type Run, type RunResult } from './run'
import { INDEPENDENT, problemIn, type Subject } from './subject'

/** What one host's runs say about an exercise. */
export function judgeHost(subject: Subject, results: readonly RunResult[]): ContentProblem[] {
  const of = (target: string, tests: Run['tests']): RunResult[] => {
    return results.filter(({ run }) => run.target === target && run.tests === tests)
  }
  return [
    ...judgeStarter(subject, [...of('starter.ts', 'visible'), ...of('starter.ts', 'hidden')]),
    ...judgeSolution(subject, of('solution.ts', 'visible'), of('solution.ts', 'hidden')),
    ...judgeWrong(subject, of),
    ...judgeIndependent(subject, [...of(INDEPENDENT, 'visible'), ...of(INDEPENDENT, 'hidden')]),
  ]
}

function judgeStarter(subject: Subject, results: readonly RunResult[]): ContentProblem[] {
  return results.filter(passed).map(({ run, host }) => {
    return problemIn(subject, 'starter.ts', 'starter', `passes ${run.tests}.test.ts in ${host}`)
  })
}

function judgeSolution(
  subject: Subject,
  visible: readonly RunResult[],
  hidden: readonly RunResult[],
): ContentProblem[] {
  const failing = [...visible, ...hidden].filter((result) => !passed(result))
  const problems = failing.map((result) => problemIn(subject, 'solution.ts', 'solution', explain(result)))
  return [...problems, ...judgeSpeed(subject, hidden), ...judgeShape(subject, visible[0], hidden[0])]
}

function explain(result: RunResult): string {
  const { run, host } = result
  return `fails ${run.tests}.test.ts in ${host} with seed ${run.seed}: ${reasonFor(result)}`
}

/**
 * The part of its time limit that the reference may take. Within one process it is computing time that counts; over
 * the pipe only wall time is known, which a busy machine stretches, so there the bound is only a safe distance.
 */
const SPEED_BOUND: Record<HostName, number> = { plain: 0.1, loopback: 0.1, pipe: 0.4 }

/** The fastest of the runs, since the others may have met busy moments. */
function judgeSpeed(subject: Subject, hidden: readonly RunResult[]): ContentProblem[] {
  const [first] = hidden
  if (first === undefined) return []
  const fastest = Math.min(...hidden.map(({ wallMs }) => wallMs))
  const bound = SPEED_BOUND[first.host]
  const allowed = subject.exercise.manifest.limits.wallMs * bound
  if (fastest <= allowed) return []
  const message = `takes ${Math.round(fastest)} ms for hidden.test.ts in ${first.host}; ${bound} of the limit is ${allowed} ms`
  return [problemIn(subject, 'solution.ts', 'solution-slow', message)]
}

/** Groups, and the number of visible tests, as a real run reports them. */
function judgeShape(subject: Subject, visible?: RunResult, hidden?: RunResult): ContentProblem[] {
  const problems: ContentProblem[] = []
  const report = (file: string, rule: Rule, message: string): void => {
    problems.push(problemIn(subject, file, rule, message))
  }
  const count = visible?.tests.length ?? 0
  if (visible?.fault === null && (count < 3 || count > 6)) {
    report('visible.test.ts', 'visible-count', `has ${count} tests; write 3 to 6`)
  }
  if (hidden?.fault !== null) return problems
  const titles = new Set(hidden.tests.map(({ group }) => group))
  const named = Object.keys(subject.exercise.manifest.groups)
  for (const title of named.filter((title) => !titles.has(title))) {
    report('hidden.test.ts', 'group-empty', `the group "${title}" has no test`)
  }
  for (const test of hidden.tests.filter(({ group }) => !named.includes(group))) {
    report('hidden.test.ts', 'group-empty', `"${test.name}" stands in no group`)
  }
  return problems
}

function judgeWrong(subject: Subject, of: (target: string, tests: Run['tests']) => RunResult[]): ContentProblem[] {
  const { misconceptions } = subject.exercise.manifest
  const problems: ContentProblem[] = []
  const signatures = new Map<string, string>()
  let passesVisible = 0
  for (const { file, group } of misconceptions) {
    const target = `wrong/${file}`
    const report = (rule: Rule, message: string): void => {
      problems.push(problemIn(subject, target, rule, message))
    }
    const hidden = of(target, 'hidden')
    const [first] = hidden
    if (of(target, 'visible').some(passed)) passesVisible++
    if (first === undefined) continue
    for (const result of hidden.filter((result) => !isRejectedBy(result, group))) {
      const others = [
        ...new Set(result.tests.filter(({ state }) => state === 'failed').map((test) => `"${test.group}"`)),
      ]
      const instead = others.length > 0 ? `rejected by ${others.join(', ')} only` : 'accepted'
      report('wrong-accepted', `${instead}, not by "${group}", in ${result.host} with seed ${result.run.seed}`)
    }
    const sets = new Set(hidden.map(signatureOf))
    if (sets.size > 1) {
      const moody = differences(hidden)
        .map((name) => `"${name}"`)
        .join(', ')
      report('wrong-unstable', `fails or passes by seed, in ${first.host}: ${moody}`)
    }
    const twin = signatures.get(signatureOf(first))
    if (twin !== undefined) report('wrong-alike', `fails the same tests as ${twin}, in ${first.host}`)
    signatures.set(signatureOf(first), file)
  }
  if (passesVisible === 0) {
    problems.push(problemIn(subject, 'wrong', 'wrong-visible', 'every wrong solution fails a visible test'))
  }
  return problems
}

/** Whether a test of the group failed; what a run that broke off never got to has failed as well. */
function isRejectedBy(result: RunResult, group: string): boolean {
  const own = result.tests.filter((test) => test.group === group)
  return own.length === 0 ? result.fault !== null : own.some((test) => test.state !== 'passed')
}

function signatureOf(result: RunResult): string {
  return result.fault === null ? failedTests(result).join('\n') : 'fault'
}

/** Tests that failed in some of the runs, but not in all of them. */
function differences(results: readonly RunResult[]): string[] {
  const sets = results.map((result) => new Set(failedTests(result)))
  const all = new Set(sets.flatMap((set) => [...set]))
  return [...all].filter((name) => sets.some((set) => !set.has(name))).sort()
}
