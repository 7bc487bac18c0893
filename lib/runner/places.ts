import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'

/** A place in a learner's TypeScript file: 1-based line, 0-based column, and the function where the engine told it. */
export interface Place {
  file: string
  line: number
  column: number
  fn: string | null
}

const FRAME = /^(.*)@([^@:]+):(\d+):(\d+)$/

/**
 * Finds the TypeScript places of a stack, innermost first. Takes the harness's form, `fn@file:line:column` of the
 * compiled code, and that code's source maps by file name. Frames without a source line are left out.
 */
export function placesOf(stack: string | null, maps: ReadonlyMap<string, SourceMapText>): Place[] {
  const places: Place[] = []
  for (const text of stack?.split('\n') ?? []) {
    const [, fn = '', file = '', line, column] = FRAME.exec(text) ?? []
    const map = maps.get(file)
    if (!map) continue
    // Engines count columns from 1, source maps from 0.
    const found = originalPositionFor(map.traced(), { line: Number(line), column: Math.max(0, Number(column) - 1) })
    if (found.line !== null) places.push({ file, line: found.line, column: found.column, fn: fn || null })
  }
  return places
}

/** A source map that is parsed only when the first stack asks for it. */
export class SourceMapText {
  #traced: TraceMap | null = null
  constructor(readonly json: string) {}

  traced(): TraceMap {
    this.#traced ??= new TraceMap(this.json)
    return this.#traced
  }
}
