import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunReport, RunTest } from '@/lib/contract/run'
import { spawnGuest } from './membrane/guest-process'
import { openRealm, type Realm } from './support/realm'
import { BODIES, runRealVitest, type RealResult } from './support/real-vitest'

/*
 * A test means the same whatever stands between it and the solution: nothing, as in the real Vitest; the membrane
 * within one realm, as in the browser; or the one to another process, as in the judge. Rows whose titles
 * say `fails` must fail everywhere, all others must pass, but for those that are listed below.
 */

const AREAS = ['objects', 'data', 'errors', 'flow', 'matchers']

/** What the membrane does not carry: it must say so, and not give another result in silence. */
const REFUSED: Record<string, RegExp> = {
  'inheritance > refused: a class of the test extends one of the solution': /cannot be extended/,
  'inheritance > refused: a class of the solution extends one of the test': /cannot be extended/,
  'expect.extend > refused: on an instance': /cannot be used on a value of the solution/,
}

/** Rows that fail behind the membrane, though they pass in plain. */
const STRICTER: Record<string, string> = {
  'symbols as keys > stricter: a class answers instanceof itself': 'a solution must not decide what its values are',
}

/** Rows whose failure is told in other words. */
const OTHER_WORDS: Record<string, string> = {
  'getters and setters > of a class fails toMatchObject': 'Vitest fails to print an instance with private fields',
}
const differs = (name: string): boolean => name in REFUSED || name in STRICTER

const fileOf = (area: string, name: string): string => path.join(BODIES, 'membrane', area, name)
const nameOf = (test: RunTest): string => [...test.suites, test.name].join(' > ')
const stateOf = (test: { name: string; state: string }): string => `${test.name}: ${test.state}`

let realm: Realm
let plain: Map<string, RealResult>
beforeAll(async () => {
  const rows = AREAS.map((area) => path.join('membrane', area, 'rows.ts'))
  const [opened, results] = await Promise.all([openRealm(), runRealVitest(rows)])
  realm = opened
  plain = new Map(results.map((result) => [result.file, result]))
})
afterAll(() => realm.close())

async function runBehind(transport: 'loopback' | 'pipe', area: string, details: boolean): Promise<RunReport> {
  const [tests, solution] = await Promise.all(['rows.ts', 'solution.ts'].map((name) => readFile(fileOf(area, name), 'utf8')))
  const guest = transport === 'pipe' ? spawnGuest() : null
  try {
    const { report } = await realm.run({ tests: tests as string, solution, between: guest?.ends ?? 'loopback', details })
    return report
  } finally {
    guest?.stop()
  }
}

describe.each(AREAS)('%s', (area) => {
  const inPlain = (): RealResult => {
    const result = plain.get(fileOf(area, 'rows.ts'))
    if (!result) throw new Error(`the real Vitest has not run ${area}`)
    return result
  }
  const isFailing = (name: string): boolean => /\bfails\b/.test(name)

  it('plain: every row does what its title says', () => {
    const wrong = inPlain().tests.filter(({ name, state }) => (state === 'failed') !== isFailing(name))
    expect(wrong.map((test) => `${stateOf(test)} ${test.messages.join()}`)).toEqual([])
    expect(inPlain().errors).toEqual([])
  })

  describe.each(['loopback', 'pipe'] as const)('%s', (transport) => {
    it('every row ends as in plain, also when nobody reads why', async () => {
      const said = inPlain().tests.map(({ name, state }) => stateOf({ name, state: differs(name) ? 'failed' : state }))
      for (const details of [true, false]) {
        const { tests, errors } = await runBehind(transport, area, details)
        const ours = tests.map((test) => stateOf({ name: nameOf(test), state: test.state }))
        expect(ours.length).toBeGreaterThan(30)
        expect(ours.filter((row) => !said.includes(row))).toEqual([])
        expect(ours).toHaveLength(said.length)
        expect(errors).toEqual([])
      }
    })

    it('what is refused is said to be', async () => {
      const { tests } = await runBehind(transport, area, true)
      for (const test of tests) {
        const words = REFUSED[nameOf(test)]
        if (words !== undefined) expect(test.errors[0]?.message).toMatch(words)
      }
    })

    it('failures are told in the words of Vitest', async () => {
      const { tests } = await runBehind(transport, area, true)
      const failed = tests.filter((test) => test.state === 'failed')
      const compared = failed.filter((test) => !differs(nameOf(test)) && !(nameOf(test) in OTHER_WORDS))
      const ours = compared.map((test) => [nameOf(test), ...test.errors.map(({ message }) => message)].join('\n'))
      const theirs = inPlain().tests.filter(({ state }) => state === 'failed').map((test) => [test.name, ...test.messages].join('\n'))
      expect(ours.filter((told) => !theirs.includes(told))).toEqual([])
    })
  })
})
