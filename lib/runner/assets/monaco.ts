import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import type { AssetManifest } from '../manifest'
import { twinOf } from './compress'
import { findPackage, type AssetFile } from './files'

/** Languages that the editor never shows or speaks, and second copies of its workers. */
const LEFT_OUT = /^(?:language\/|assets\/(?:css|html|json)\.worker|assets\/editorWebWorkerMain|nls\/lang\/(?!zh-cn\.))/

/** Monaco's ready-made files under a folder with its version. */
export async function collectMonaco(): Promise<AssetFile[]> {
  const { folder, version } = findPackage('monaco-editor')
  const source = path.join(folder, 'min/vs')
  const entries = await readdir(source, { recursive: true, withFileTypes: true })
  const names = entries
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(source, path.join(entry.parentPath, entry.name)).replaceAll(path.sep, '/'))
    .filter((name) => !LEFT_OUT.test(name))
  return Promise.all(
    names.map(async (name) => ({
      path: `monaco/${version}/vs/${name}`,
      content: await readFile(path.join(source, name)),
    })),
  )
}

/** Where the loader, the workers and the large modules are, for the manifest. */
export function monacoPlaces(files: readonly AssetFile[], twins: readonly AssetFile[]): AssetManifest['monaco'] {
  const loader = files.find((file) => file.path.endsWith('/vs/loader.js'))
  if (!loader) throw new Error('monaco-editor has no min/vs/loader.js')
  const vs = path.posix.dirname(loader.path)
  const workerOf = (label: string) => {
    const worker = files.find((file) => file.path.startsWith(`${vs}/assets/${label}.worker-`))
    if (!worker) throw new Error(`monaco-editor has no ${label} worker under min/vs/assets`)
    return twinOf(worker.path, twins)
  }
  const large = files
    .filter((file) => file.path.endsWith('.js') && !/\/(assets|nls)\//.test(file.path))
    .map((file) => [`vs${file.path.slice(vs.length, -'.js'.length)}`, twinOf(file.path, twins)] as const)
    .filter(([, twin]) => twin.br !== twin.plain)
  return {
    chinese: twinOf(`${vs}/nls/lang/zh-cn.js`, twins),
    vs: `/generated/${vs}`,
    large: Object.fromEntries(large),
    editorWorker: workerOf('editor'),
    typescriptWorker: workerOf('ts'),
  }
}
