import type { CompileResult, SourceFile } from './plan'

/** From the page to the compiler worker. */
export type CompilerRequest = { type: 'start'; wasmUrls: string[] } | { type: 'compile'; id: number; file: SourceFile }

/**
 * From the compiler worker to the page. After `gave-up` (on the file with that id) and after `broken` (it could not be
 * loaded) the worker is of no more use.
 */
export type CompilerReply =
  | { type: 'ready' }
  | { type: 'compiled'; id: number; result: CompileResult }
  | { type: 'gave-up'; id: number }
  | { type: 'broken'; message: string }
