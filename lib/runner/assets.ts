import path from 'node:path'
import { bundleCompiler, bundleFrame, collectWasm } from './assets/bundle'
import { compressLarge, twinOf, type Effort } from './assets/compress'
import { collectMonaco, monacoPlaces } from './assets/monaco'
import { syncFolder, writeIfChanged } from './assets/write'
import { MANIFEST_FILE, type AssetManifest } from './manifest'

export interface AssetOptions {
  /** Project root; `public/generated` and `.handroll/cache` lie in it. */
  root?: string
  effort?: Effort
}

/**
 * Builds everything that pages load at run time for the editor and for Run: the sandboxed frame, the compiler worker,
 * its WebAssembly file and Monaco, the large ones also as brotli, and the manifest that names them. Must run before
 * the web process starts, which serves only files that exist by then. A second build takes a fraction of a second.
 */
export async function buildRunnerAssets(options: AssetOptions = {}): Promise<AssetManifest> {
  const { root = process.cwd(), effort = 'fast' } = options
  const [frame, compiler, wasm, monaco] = await Promise.all([
    bundleFrame(),
    bundleCompiler(),
    collectWasm(),
    collectMonaco(),
  ])
  const files = [frame, compiler, wasm, ...monaco]
  const twins = await compressLarge(files, effort, path.join(root, '.handroll/cache/brotli'))
  const manifest: AssetManifest = {
    frame: `/generated/${frame.path}`,
    compiler: `/generated/${compiler.path}`,
    wasm: twinOf(wasm.path, twins),
    monaco: monacoPlaces(monaco, twins),
  }
  const generated = path.join(root, path.dirname(MANIFEST_FILE))
  const all = [...files, ...twins]
  for (const folder of ['runner', 'monaco']) {
    await syncFolder(generated, folder, all.filter((file) => file.path.startsWith(`${folder}/`)))
  }
  await writeIfChanged(path.join(root, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`)
  return manifest
}
