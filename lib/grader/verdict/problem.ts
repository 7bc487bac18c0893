import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import type { SourceProblem } from '@/lib/contract/verdict'
import type { LoadFailure } from '../judge/messages'

/*
 * What a learner is told besides the tests. Only errors of compiling and of loading are quoted: at that time no test has
 * said anything to the solution, so its words cannot carry what is hidden.
 */

const MAX_MESSAGE = 500

/** Lines of a stack that lie in the solution, which the guest evaluates below one line of its own. */
const FRAME = /solution\.js(?:, <anonymous>)?:(\d+):(\d+)/
const LINES_BEFORE = 1

/** Characters that a terminal or a page would take for more than text, and those that a database refuses. */
const UNSAFE = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u200b-\u200f\u202a-\u202e\u2060-\u2069\ufeff]|[\ud800-\udfff]/gu

/** What the compiler says, which quotes the source: the name of an import may be any text. */
export function compileProblem(problem: SourceProblem): SourceProblem {
  return { ...problem, message: asPlainText(problem.message) }
}

/** The error that the solution threw while it loaded, at its place in the learner's file. */
export function loadProblem({ name, message, stack }: LoadFailure, map: string): SourceProblem {
  const text = [name, message].filter((part) => part !== '').join(': ') || 'The solution threw while it was loaded.'
  return { message: asPlainText(text), ...placeOf(stack, map) }
}

export function missingExportProblem(name: string): SourceProblem {
  return {
    message: `The solution does not export \`${name}\`.`,
    code: 'missing-export',
    subject: name,
    line: null,
    column: null,
  }
}

export const ENDED_EARLY: SourceProblem = {
  message: 'The solution ended its own process before the tests had finished.',
  code: 'ended-early',
  line: null,
  column: null,
}

export const UNCAUGHT: SourceProblem = {
  message: 'The solution raised an error that nothing caught: in a timer, in an event listener or in a promise.',
  code: 'uncaught-error',
  line: null,
  column: null,
}

export const NO_SETUP: SourceProblem = {
  message: 'The tests could not be set up with this solution: it threw before the first of them.',
  code: 'setup-failed',
  line: null,
  column: null,
}

function asPlainText(text: string): string {
  const plain = text.replace(UNSAFE, '')
  // Not in the middle of a character.
  return plain.length <= MAX_MESSAGE ? plain : `${plain.slice(0, MAX_MESSAGE - 1).replace(/[\ud800-\udbff]$/, '')}…`
}

function placeOf(stack: string | null, map: string): { line: number | null; column: number | null } {
  const [, line, column] = FRAME.exec(stack ?? '') ?? []
  const compiledLine = Number(line) - LINES_BEFORE
  if (line === undefined || compiledLine < 1) return { line: null, column: null }
  const place = originalPositionFor(new TraceMap(map), { line: compiledLine, column: Math.max(0, Number(column) - 1) })
  return { line: place.line, column: place.column }
}
