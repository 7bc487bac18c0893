import type { CompiledFile } from '../protocol'
import type { StackCleaner } from './stack'
import { TOP_LEVEL } from './top-level'

export type LoadModule = (
  require: (specifier: string) => unknown,
  module: { exports: unknown },
  exports: unknown,
) => void

const importScripts = self.importScripts.bind(self)
const DEFINE = '__handroll_define'

/**
 * Turns compiled CommonJS into a function that runs it. The text goes through `importScripts` of a blob, not through
 * `eval`: only then do stacks name a file and a line in every engine, and only with this exact MIME type does every
 * engine accept the blob.
 */
export function loadCompiled(file: CompiledFile, stacks: StackCleaner): LoadModule {
  // The header has a line of its own, so that a line of the file is the line of the blob minus one.
  const text = `self.${DEFINE}(function ${TOP_LEVEL}(require, module, exports) {\n${file.code}\n})`
  const url = URL.createObjectURL(new Blob([text], { type: 'text/javascript' }))
  stacks.register(url, file.name)
  let loaded: LoadModule | null = null
  Object.defineProperty(self, DEFINE, { configurable: true, value: (load: LoadModule) => (loaded = load) })
  try {
    importScripts(url)
  } finally {
    Reflect.deleteProperty(self, DEFINE)
    URL.revokeObjectURL(url)
  }
  if (loaded === null) throw new Error(`${file.name} did not load`)
  return loaded
}
