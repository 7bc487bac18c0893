import { Instrumenter, type InstrumenterOptions } from '@stryker-mutator/instrumenter'
import { transform } from 'esbuild'
import { isErrorText } from './error-text'
import type { Mutant } from './mutant'

/** A solution with all its mutants inside, each behind a switch. */
export interface Instrumented {
  /** CommonJS body; besides the usual ones it takes the switches, `SWITCH_PARAMETERS`. */
  code: string
  mutants: Mutant[]
}

/*
 * Stryker puts its own two functions at the head of the file; being hoisted, they can be replaced before anything calls
 * them. Theirs look the switch up in the global object and count every expression, which takes many times as long.
 */
const PREFACE = '"use strict"; stryMutAct_9fa48 = __isActive; stryCov_9fa48 = __cover;\n'

const OPTIONS: InstrumenterOptions = {
  plugins: null,
  excludedMutations: [],
  ignorers: [{ shouldIgnore: (path) => (isErrorText(path) ? 'words of an error' : undefined) }],
}

/** Longest text of a mutant that is kept; blocks can be long. */
const MAX_TEXT = 100

const SILENT = Object.fromEntries(
  ['Trace', 'Debug', 'Info', 'Warn', 'Error', 'Fatal'].flatMap((level): Array<[string, () => unknown]> => [
    [`is${level}Enabled`, () => false],
    [level.toLowerCase(), () => undefined],
  ]),
) as unknown as ConstructorParameters<typeof Instrumenter>[0]

/** Makes every mutant that Stryker knows of a TypeScript solution, and compiles them all at once. */
export async function instrument(source: string): Promise<Instrumented> {
  const file = { name: 'solution.ts', content: source, mutate: true }
  const { files, mutants } = await new Instrumenter(SILENT).instrument([file], OPTIONS)
  const { code } = await transform(files[0]?.content ?? '', { loader: 'ts', format: 'cjs', target: 'es2022' })
  const lines = source.split('\n')
  const made = mutants.filter(({ status }) => status === undefined)
  return {
    code: made.length === 0 ? code : PREFACE + code,
    mutants: made.map(({ id, mutatorName, replacement, location: { start, end } }) => ({
      id,
      mutator: mutatorName,
      line: start.line + 1,
      column: start.column + 1,
      context: clip(lines[start.line] ?? ''),
      original: clip(textBetween(lines, start, end)),
      replacement: clip(replacement),
    })),
  }
}

interface Position {
  /** Both from 0. */
  line: number
  column: number
}

function textBetween(lines: readonly string[], start: Position, end: Position): string {
  const touched = lines.slice(start.line, end.line + 1)
  touched[touched.length - 1] = (touched.at(-1) ?? '').slice(0, end.column)
  touched[0] = (touched[0] ?? '').slice(start.column)
  return touched.join('\n')
}

function clip(text: string): string {
  const line = text.replace(/\s+/g, ' ').trim()
  return line.length > MAX_TEXT ? `${line.slice(0, MAX_TEXT)}…` : line
}
