import type { SourceProblem } from '@/lib/contract/verdict'

/** The part of esbuild's failure that says what is wrong with the source. */
interface EsbuildFailure {
  errors: { text: string; location: { line: number; column: number; lineText: string } | null }[]
}

/** More than this many at once help nobody; the first is nearly always the cause of the rest. */
const MAX_PROBLEMS = 10

/** What esbuild says about a source it could not compile, or null when `error` is not about the source at all. */
export function problemsOfFailure(error: unknown): SourceProblem[] | null {
  if (!isFailure(error)) return null
  return error.errors.slice(0, MAX_PROBLEMS).map(({ text, location }) => ({
    ...wording(text),
    line: location ? location.line : null,
    column: location ? utf16Column(location.lineText, location.column) : null,
  }))
}

function isFailure(error: unknown): error is EsbuildFailure {
  return typeof error === 'object' && error !== null && 'errors' in error && Array.isArray(error.errors)
}

export function tooLarge(bytes: number, limit: number): SourceProblem {
  return {
    code: 'too-large',
    message: `This file has ${bytes} bytes; the limit is ${limit}. Make it shorter.`,
    line: null,
    column: null,
  }
}

/** For a source that the compiler could not finish within its time or memory. */
export const TOO_COMPLEX: SourceProblem = {
  code: 'too-complex',
  message: 'The compiler could not finish this file: it is nested too deeply or repeats too much. Make it simpler.',
  line: null,
  column: null,
}

function wording(text: string): Pick<SourceProblem, 'message' | 'code'> {
  if (!text.startsWith('Top-level await')) return { message: text }
  return {
    code: 'top-level-await',
    message: '`await` cannot stand outside a function here. Put it inside an `async` function.',
  }
}

/** esbuild counts columns in bytes of UTF-8; editors and stacks count UTF-16 units. */
function utf16Column(lineText: string, byteColumn: number): number {
  const before = new TextEncoder().encode(lineText).subarray(0, byteColumn)
  return new TextDecoder().decode(before).length
}
