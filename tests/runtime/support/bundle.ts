import path from 'node:path'
import { build } from 'esbuild'

const ROOT = path.resolve(import.meta.dirname, '../../..')

/** One script with the test runtime in it, made as for a browser: it needs nothing of Node. */
export async function bundle(entry: string): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(import.meta.dirname, entry)],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    target: 'es2022',
    minify: true,
    // Only asked for where there is a `process`, as there is in the worker that the tests use.
    external: ['fs', 'util', 'timers', 'timers/promises', 'perf_hooks', 'worker_threads'],
    define: { 'process.env.NODE_ENV': '"production"' },
    tsconfig: path.join(ROOT, 'tsconfig.json'),
    logLevel: 'error',
  })
  return outputFiles[0]?.text ?? ''
}
