import { INDEPENDENT, type Subject, sourceOf, targetsOf } from './subject'
import type { HostName, Run } from './run'

/** The reference must pass with all of these. */
export const SEEDS = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] as const

/** Every run that one host must make for one subject. */
export function planRuns(subject: Subject, host: HostName): Run[] {
  return targetsOf(subject).flatMap((target) => {
    const plan = (tests: Run['tests'], seeds: readonly number[]): Run[] => {
      return seeds.map((seed) => runOf(subject, target, tests, seed))
    }
    if (target === 'starter.ts') return [...plan('visible', [1]), ...plan('hidden', [1])]
    if (target === 'solution.ts') return [...plan('visible', SEEDS), ...plan('hidden', SEEDS)]
    // Whether a wrong solution fails alike with every seed need be seen in one host only: the hosts are compared.
    return [...plan('visible', [1]), ...plan('hidden', host === 'plain' ? [1, 2, 3] : [1])]
  })
}

/** An independent solution shows what the tests ask for; a few seeds in the quickest of the hosts are enough for that. */
export function planIndependent(subject: Subject): Run[] {
  if (subject.independent === null) return []
  const hidden = [1, 2, 3].map((seed) => runOf(subject, INDEPENDENT, 'hidden', seed))
  return [runOf(subject, INDEPENDENT, 'visible', 1), ...hidden]
}

function runOf(subject: Subject, target: string, tests: Run['tests'], seed: number): Run {
  const { files, manifest } = subject.exercise
  return {
    id: `${subject.place} ${target} ${tests} ${seed}`,
    place: subject.place,
    target,
    source: sourceOf(subject, target),
    tests,
    testSource: tests === 'visible' ? files.visibleTests : files.hiddenTests,
    seed,
    limits: manifest.limits,
    mustEnd: target === 'solution.ts' || target === INDEPENDENT,
  }
}
