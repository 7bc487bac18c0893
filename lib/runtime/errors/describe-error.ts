import * as chai from 'chai'
import { stringify } from '@vitest/utils/display'
import { processError } from '@vitest/utils/error'
import type { TestError } from '@/lib/contract/run'
import { currentRun } from '../current-run'

const COLOURS = /\u001b\[[\d;]*m/g

/** Nothing but that a test failed, and whether an assertion said so: of a hidden test, no more is ever told. */
function withoutDetails(thrown: unknown): TestError {
  const name = isAssertion(thrown) ? 'AssertionError' : 'Error'
  return { name, message: '', expected: null, actual: null, diff: null, stack: null }
}

/**
 * Describes what a test threw, which may be anything. A stand-in is read from its snapshot, and no property is trusted
 * not to throw. Without details, nothing of the value is read at all.
 */
export function describeError(thrown: unknown): TestError[] {
  const { foreign, details } = currentRun()
  if (!details) return [withoutDetails(thrown)]
  try {
    return [withDetails(foreign.isHandle(thrown) ? foreign.snapshot(thrown) : thrown)]
  } catch {
    return [{ ...withoutDetails(thrown), message: 'something was thrown that cannot be printed' }]
  }
}

function withDetails(thrown: unknown): TestError {
  const isObject = typeof thrown === 'object' && thrown !== null
  const error = isObject ? (thrown as Record<string, unknown>) : {}
  const message = textOf(error, 'message') ?? (isObject ? `thrown: ${stringify(thrown)}` : String(thrown))
  return {
    name: textOf(error, 'name') ?? 'Error',
    message: plain(message),
    ...comparisonIn(error),
    stack: textOf(error, 'stack'),
  }
}

/** Expected and actual value and their difference, in Vitest's own words. */
function comparisonIn(error: Record<string, unknown>): Pick<TestError, 'expected' | 'actual' | 'diff'> {
  const { foreign } = currentRun()
  const { actual, expected, showDiff } = error
  const isComparison = showDiff === undefined ? actual !== undefined && expected !== undefined : Boolean(showDiff)
  if (!isComparison) return { expected: null, actual: null, diff: null }
  const values = { actual: foreign.snapshot(actual), expected: foreign.snapshot(expected), showDiff: true }
  const printed = processError(Object.assign(new Error(''), values)) as Record<string, unknown>
  return {
    expected: plainOrNull(printed.expected),
    actual: plainOrNull(printed.actual),
    diff: plainOrNull(printed.diff),
  }
}

function isAssertion(thrown: unknown): boolean {
  const isObject = typeof thrown === 'object' && thrown !== null
  return isObject && !currentRun().foreign.isHandle(thrown) && thrown instanceof chai.AssertionError
}

function textOf(error: Record<string, unknown>, key: string): string | null {
  const value = error[key]
  return typeof value === 'string' ? value : null
}

function plainOrNull(value: unknown): string | null {
  return typeof value === 'string' ? plain(value) : null
}

function plain(text: string): string {
  return text.replace(COLOURS, '')
}
