import { describe, expect, it } from 'vitest'
import {
  countTests, isAllGood, NO_RUN, reduceRun, type RunAction, type RunState,
} from '@/app/exercises/[exercise]/_state/run-state'
import type { RunEnd, RunEvent } from '@/lib/runner/results'

const test = (name: string, state: 'passed' | 'failed' | 'skipped' = 'passed'): RunEvent => ({
  type: 'test',
  test: { file: 'visible.test.ts', suites: [], name, state, durationMs: 1, errors: [] },
})
const printed: RunEvent = { type: 'console', line: { level: 'log', text: 'x', stack: null, test: null, places: [] } }
const outside: RunEvent = {
  type: 'error',
  error: { name: 'Error', message: 'lost', expected: null, actual: null, diff: null, stack: null, places: [] },
}
const DONE: RunEnd = { kind: 'done', durationMs: 5 }
const STARTED: RunAction = { type: 'started' }
const ended = (events: RunEvent[], end: RunEnd = DONE): RunAction => ({ type: 'ended', events, end })

const after = (...actions: RunAction[]): RunState => actions.reduce(reduceRun, NO_RUN)

describe('the state of runs', () => {
  it('gathers what happens in its order, whether told before the end or with it', () => {
    const happened: RunAction = { type: 'happened', events: [test('a'), printed] }
    const state = after(STARTED, happened, ended([test('b', 'failed'), outside]))
    expect(state.tests.map(({ name }) => name)).toEqual(['a', 'b'])
    expect(state.console).toHaveLength(1)
    expect(state.errors).toMatchObject([{ message: 'lost' }])
    expect(state).toMatchObject({ number: 1, shown: 1, phase: 'ended', end: DONE, silenced: false })
  })

  it('goes on showing the run before until there is something of the next', () => {
    const state = after(STARTED, ended([test('a')]), STARTED)
    expect(state).toMatchObject({ number: 2, shown: 1, phase: 'running', end: DONE, tests: [{ name: 'a' }] })
  })

  it('shows nothing of the run before once the next is drawn', () => {
    const state = after(STARTED, ended([test('a'), printed, outside]), STARTED, { type: 'happened', events: [] })
    expect(state).toMatchObject({ shown: 2, phase: 'running', end: null, tests: [], console: [], errors: [] })
  })

  it('remembers that more was printed than is kept', () => {
    expect(after(STARTED, ended([{ type: 'silenced' }])).silenced).toBe(true)
  })

  it('counts tests by their states', () => {
    const { tests } = after(STARTED, ended([test('a'), test('b', 'failed'), test('c', 'skipped'), test('d')]))
    expect(countTests(tests)).toEqual({ passed: 2, failed: 1, skipped: 1 })
  })

  it.each<[string, RunEvent[], RunEnd, boolean]>([
    ['every test passed', [test('a'), test('b')], DONE, true],
    ['some were skipped', [test('a'), test('b', 'skipped')], DONE, true],
    ['a test failed', [test('a'), test('b', 'failed')], DONE, false],
    ['no test ran', [], DONE, false],
    ['all were skipped', [test('a', 'skipped')], DONE, false],
    ['something went wrong outside the tests', [test('a'), outside], DONE, false],
    ['the run was stopped', [test('a')], { kind: 'stopped', reason: 'time-limit', running: 'b' }, false],
  ])('when %s, whether all is good', (_name, events, end, good) => {
    expect(isAllGood(after(STARTED, ended(events, end)))).toBe(good)
  })
})
