import { MAX_SOURCE_BYTES } from '@/lib/contract/source'
import type { SourceProblem } from '@/lib/contract/verdict'
import { findForbiddenImports } from './imports'
import { problemsOfFailure, tooLarge } from './problems'

/*
 * How TypeScript becomes something that runs, the same in the browser and on the server. Only esbuild's `transform`
 * is ever used: `build` resolves imports and can be made to inline files of the machine it runs on.
 */

/** A `solution` is a learner's code and stands alone; a `test` may import the solution and the test API. */
export type SourceKind = 'solution' | 'test'

export interface SourceFile {
  /** File name with `.ts`; it appears in source maps and messages. */
  name: string
  source: string
  kind: SourceKind
}

/** `code` is a CommonJS body in strict mode; `map` is its source map as JSON, without the source text. */
export type CompileResult = { ok: true; code: string; map: string } | { ok: false; problems: SourceProblem[] }

/** The part of esbuild that is used. Both packages, native and WebAssembly, satisfy it. */
export type Transform = (source: string, options: TransformSettings) => Promise<{ code: string; map: string }>

export interface TransformSettings {
  loader: 'ts'
  format: 'cjs' | 'esm'
  target: 'es2022'
  supported?: Record<string, boolean>
  charset: 'utf8'
  sourcemap: 'external'
  sourcesContent: false
  sourcefile: string
  logLevel: 'silent'
  tsconfigRaw: { compilerOptions: { alwaysStrict: true } }
}

const ALLOWED_IMPORTS: Record<SourceKind, readonly string[]> = {
  solution: [],
  test: ['./solution', 'vitest', 'handroll'],
}

/** Test files are ours, or a learner's own, and may be longer than a solution. */
const MAX_BYTES: Record<SourceKind, number> = { solution: MAX_SOURCE_BYTES, test: 4 * MAX_SOURCE_BYTES }

/** Version of the compilation: changes whenever the same source may compile to something else. */
export const COMPILE_PLAN = 'esbuild-0.28/cjs/es2022/1'

/**
 * Compiles one file with the host's `transform`. Whatever is wrong with the source comes back as problems with their
 * places; the promise rejects only when `transform` itself broke.
 */
export async function compileFile(transform: Transform, file: SourceFile): Promise<CompileResult> {
  const bytes = new TextEncoder().encode(file.source).length
  if (bytes > MAX_BYTES[file.kind]) return { ok: false, problems: [tooLarge(bytes, MAX_BYTES[file.kind])] }
  try {
    // `import()` becomes a call of `require`, which serves only what the runtime hands out.
    const out = await transform(file.source, { ...settings(file.name, 'cjs'), supported: { 'dynamic-import': false } })
    const allowed = ALLOWED_IMPORTS[file.kind]
    const forbidden = await findForbiddenImports(out.code, allowed, () =>
      transform(file.source, settings(file.name, 'esm')),
    )
    return forbidden.length > 0 ? { ok: false, problems: forbidden } : { ok: true, code: out.code, map: out.map }
  } catch (error) {
    const problems = problemsOfFailure(error)
    if (problems === null) throw error
    return { ok: false, problems }
  }
}

function settings(sourcefile: string, format: 'cjs' | 'esm'): TransformSettings {
  return {
    loader: 'ts',
    format,
    target: 'es2022',
    charset: 'utf8',
    sourcemap: 'external',
    sourcesContent: false,
    sourcefile,
    logLevel: 'silent',
    // A file without imports or exports is still a module to its author.
    tsconfigRaw: { compilerOptions: { alwaysStrict: true } },
  }
}
