import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { build } from 'esbuild'
import { findPackage, shortHash, type AssetFile } from './files'

const LIB = path.resolve(import.meta.dirname, '../..')

/** Modules that the fake timers ask for only where there is a `process`, and never in a browser. */
const NODE_ONLY = ['util', 'timers', 'timers/promises', 'perf_hooks']

/** The sandboxed frame: one page that needs to fetch nothing, since its policy lets it fetch nothing. */
export async function bundleFrame(): Promise<AssetFile> {
  const folder = path.join(LIB, 'runner/frame')
  const [page, harness, frame] = await Promise.all([
    readFile(path.join(folder, 'frame.html'), 'utf8'),
    bundle(path.join(folder, 'harness.ts')),
    bundle(path.join(folder, 'frame.ts')),
  ])
  const html = page
    .replace('/*HARNESS*/', () => insideScript(harness))
    .replace('/*FRAME*/', () => insideScript(frame))
  return { path: `runner/frame.${shortHash(html)}.html`, content: Buffer.from(html) }
}

/** The compiler worker, without the WebAssembly file it loads. */
export async function bundleCompiler(): Promise<AssetFile> {
  const code = await bundle(path.join(LIB, 'compile/browser-worker.ts'))
  return { path: `runner/compiler.${shortHash(code)}.js`, content: Buffer.from(code) }
}

/** esbuild's WebAssembly file under a name that carries its version. */
export async function collectWasm(): Promise<AssetFile> {
  const { folder, version } = findPackage('esbuild-wasm')
  return { path: `runner/esbuild.${version}.wasm`, content: await readFile(path.join(folder, 'esbuild.wasm')) }
}

/** One classic script: workers made from blobs in a sandboxed frame may not be modules in every engine. */
async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [entry],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    external: NODE_ONLY,
    target: 'es2022',
    minify: true,
    legalComments: 'eof',
    define: { 'process.env.NODE_ENV': '"production"' },
    tsconfig: path.resolve(LIB, '../tsconfig.json'),
    logLevel: 'warning',
  })
  const [file] = outputFiles
  if (!file) throw new Error(`${entry} produced no bundle`)
  return file.text
}

/** Script text cannot say `</script` or `<!--`, in code only ever found inside strings and comments. */
function insideScript(code: string): string {
  return code.replace(/<(?=\/script|!--)/gi, '\\x3C')
}
