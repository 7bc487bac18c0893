import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { RunTest } from '@/lib/contract/run'
import { openRealm, type Realm } from './support/realm'
import { BODIES, runRealVitest, type RealResult } from './support/real-vitest'

/* The same test files in the real Vitest and in ours. What they say of each test must agree. */

const FILES = ['values.ts', 'throwing.ts', 'flow.ts', 'only.ts', 'mocks.ts', 'custom.ts']
const COLOURS = /\u001b\[[\d;]*m/g

let realm: Realm
let real: Map<string, RealResult>
beforeAll(async () => {
  const [opened, results] = await Promise.all([openRealm(), runRealVitest(FILES)])
  realm = opened
  real = new Map(results.map((result) => [path.basename(result.file), result]))
})
afterAll(() => realm.close())

const nameOf = (test: RunTest): string => [...test.suites, test.name].join(' > ')
const plain = (text: string | null | undefined): string => (text ?? '').replace(COLOURS, '')
const sourceOf = (file: string): Promise<string> => readFile(path.join(BODIES, file), 'utf8')

/** What two lists say differently about the same tests. */
function differences(ours: readonly string[], theirs: readonly string[]): unknown[] {
  const longest = Math.max(ours.length, theirs.length)
  const pairs = Array.from({ length: longest }, (_, index) => ({ ours: ours[index], theirs: theirs[index] }))
  return pairs.filter((pair) => pair.ours !== pair.theirs)
}

describe.each(FILES)('%s', (file) => {
  it.each([true, false])('every test ends as in Vitest, with details %s', async (details) => {
    const { report } = await realm.run({ tests: await sourceOf(file), details })
    const ours = report.tests.map((test) => `${nameOf(test)}: ${test.state}`)
    const theirs = real.get(file)?.tests.map((test) => `${test.name}: ${test.state}`)
    expect(ours.length).toBeGreaterThan(5)
    expect(differences(ours, theirs ?? [])).toEqual([])
    expect(report.errors).toHaveLength(real.get(file)?.errors.length ?? -1)
  })

  it('failures are told in the words of Vitest', async () => {
    const { report } = await realm.run({ tests: await sourceOf(file) })
    const ours = report.tests.map((test) => {
      return [nameOf(test), ...test.errors.map((each) => plain(`${each.message}\n${each.diff ?? ''}`))].join('\n')
    })
    // Vitest keeps what an earlier try of a test said.
    const theirs = real.get(file)?.tests.map((test) => {
      if (test.state !== 'failed') return test.name
      return [test.name, ...test.messages.map((text, index) => plain(`${text}\n${test.diffs[index] ?? ''}`))].join('\n')
    })
    expect(differences(ours, theirs ?? [])).toEqual([])
  })
})

it('a seed gives the same order as in Vitest', async () => {
  const tests = await sourceOf('order.ts')
  const orders = new Set<string>()
  for (const seed of [1, 2, 3, 4, 5]) {
    const [theirs] = await runRealVitest(['order.ts'], seed)
    const { report } = await realm.run({ tests, seed, shuffle: true })
    const order = report.errors.map((error) => error.message).join()
    expect(order).toBe(theirs?.errors.join())
    orders.add(order)
  }
  expect(orders.size).toBeGreaterThan(1)
  const { report } = await realm.run({ tests, seed: 3 })
  expect(report.errors[0]?.message).toBe('order: abcdeghijlmnpqstu')
})
