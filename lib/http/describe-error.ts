import { z } from 'zod'

/** What the log keeps of an error. */
export interface ErrorDescription {
  name: string
  code: string | undefined
  message: string
  stack: string[]
  cause: ErrorDescription | undefined
}

const LONGEST_MESSAGE = 200
const MOST_FRAMES = 20

/**
 * Makes an unknown error fit for the log. Messages of parsers and databases quote what they were given, and that may
 * be a learner's source or a person's data: only the first line is kept, and whatever stands between quotes or
 * brackets is blanked.
 */
export function describeError(error: unknown, depth = 0): ErrorDescription {
  if (!(error instanceof Error)) {
    const message = 'a value that is not an Error was thrown'
    return { name: typeof error, code: undefined, message, stack: [], cause: undefined }
  }
  return {
    name: error.name,
    code: 'code' in error && /^[\w-]{1,40}$/.test(String(error.code)) ? String(error.code) : undefined,
    message: error instanceof z.ZodError ? brokenRules(error) : blankQuotations(firstLine(error.message)),
    stack: frames(error.stack),
    cause: error.cause !== undefined && depth < 3 ? describeError(error.cause, depth + 1) : undefined,
  }
}

function brokenRules({ issues }: z.ZodError): string {
  return issues.map(({ path, code }) => `${path.join('.') || 'value'}: ${code}`).join(', ').slice(0, LONGEST_MESSAGE)
}

function firstLine(text: string): string {
  return text.split('\n').find((line) => line.trim() !== '')?.trim() ?? ''
}

function blankQuotations(line: string): string {
  return line
    .replace(/"[^"]*("|$)/g, '"…"')
    .replace(/`[^`]*(`|$)/g, '`…`')
    .replace(/(^|[^\w])'[^']*('|$)/g, "$1'…'")
    .replace(/\([^()]*(\)|$)/g, '(…)')
    .replace(/\{.*/, '{…')
    .replace(/\S+@\S+/g, '…')
    .slice(0, LONGEST_MESSAGE)
}

function frames(stack: string | undefined): string[] {
  return (stack ?? '')
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '))
    .slice(0, MOST_FRAMES)
}
