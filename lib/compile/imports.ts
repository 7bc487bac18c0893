import { originalPositionFor, TraceMap } from '@jridgewell/trace-mapping'
import { parse } from 'es-module-lexer/js'
import type { SourceProblem } from '@/lib/contract/verdict'

const REQUIRE_CALL = /\brequire\("((?:[^"\\]|\\.)*)"\)/g

/**
 * Problems for every `import`, `export from` and literal `import()` of something that is not allowed.
 *
 * The compiled CommonJS is searched first, which costs nothing and misses nothing, but also finds `require("x")` inside
 * a string. Only if that finds something is the file lexed as a module, which tells real imports and their places.
 * An import whose name is computed cannot be seen here; the runtime refuses it when it happens.
 */
export async function findForbiddenImports(
  commonJs: string,
  allowed: readonly string[],
  transformToModule: () => Promise<{ code: string; map: string }>,
): Promise<SourceProblem[]> {
  const suspicious = [...commonJs.matchAll(REQUIRE_CALL)].some(([, name]) => !allowed.includes(name ?? ''))
  if (!suspicious) return []
  const asModule = await transformToModule()
  const [imports] = parse(asModule.code)
  const map = new TraceMap(asModule.map)
  return imports
    .filter(({ n }) => n !== undefined && !allowed.includes(n))
    .map(({ n, ss }) => ({
      code: 'import-not-allowed' as const,
      message: importMessage(n ?? '', allowed),
      ...originalPlace(map, asModule.code, ss),
    }))
}

function importMessage(name: string, allowed: readonly string[]): string {
  if (allowed.length === 0) return `'${name}' cannot be imported: a solution is one file that stands alone.`
  const list = allowed.map((each) => `'${each}'`).join(', ')
  return `'${name}' cannot be imported: a test file may import ${list} and nothing else.`
}

function originalPlace(map: TraceMap, code: string, offset: number): { line: number | null; column: number | null } {
  const before = code.slice(0, offset)
  const lineStart = before.lastIndexOf('\n') + 1
  const line = before.split('\n').length
  const place = originalPositionFor(map, { line, column: offset - lineStart })
  return { line: place.line, column: place.column }
}
