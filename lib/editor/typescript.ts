import type { typescript } from 'monaco-editor'
import type { Monaco } from './monaco'
import { HANDROLL_TYPES } from './types/handroll'
import { SANDBOX_TYPES } from './types/sandbox'
import { VITEST_TYPES } from './types/vitest'

/** What the editor knows of the world outside the learner's files. */
export const EXTRA_LIBS: readonly { content: string; filePath: string }[] = [
  { content: SANDBOX_TYPES, filePath: 'file:///handroll/sandbox.d.ts' },
  { content: VITEST_TYPES, filePath: 'file:///handroll/vitest.d.ts' },
  { content: HANDROLL_TYPES, filePath: 'file:///handroll/handroll.d.ts' },
]

type Options = ReturnType<typeof typescript.typescriptDefaults.getCompilerOptions>

/** TypeScript's numbers for values that Monaco's own enumerations lack. */
const ES2022 = 9 as Options['target']
const BUNDLER_RESOLUTION = 100 as Options['moduleResolution']

/** Strict checking with exactly the globals of the sandbox: no DOM, no Node. */
export function configureTypeScript(monaco: Monaco): void {
  const { typescriptDefaults, ModuleKind } = monaco.typescript
  typescriptDefaults.setCompilerOptions({
    target: ES2022,
    module: ModuleKind.ESNext,
    moduleResolution: BUNDLER_RESOLUTION,
    // By file name: Monaco's worker does not know the short names.
    lib: ['lib.es2023.d.ts'],
    types: [],
    strict: true,
    noEmit: true,
    isolatedModules: true,
    noFallthroughCasesInSwitch: true,
    noImplicitOverride: true,
  })
  typescriptDefaults.setExtraLibs([...EXTRA_LIBS])
  // Both files are known to the checker from the start, so that tests see the solution's types.
  typescriptDefaults.setEagerModelSync(true)
}

/**
 * Checks every open file again. Monaco checks only the file that was typed in, so an error that an edit causes in
 * another file would not show; setting the options again, unchanged, makes it look at all of them.
 */
export function recheckAll(monaco: Monaco): void {
  const { typescriptDefaults } = monaco.typescript
  typescriptDefaults.setDiagnosticsOptions({ ...typescriptDefaults.getDiagnosticsOptions() })
}
