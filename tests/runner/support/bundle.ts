import path from 'node:path'
import { build } from 'esbuild'

const ROOT = path.resolve(import.meta.dirname, '../../..')

/** A file of this folder and all it imports, as one script for a page. */
export async function bundleForPage(file: string, define: Record<string, string> = {}): Promise<string> {
  const { outputFiles } = await build({
    entryPoints: [path.join(import.meta.dirname, file)],
    bundle: true,
    write: false,
    format: 'iife',
    platform: 'browser',
    define,
    tsconfig: path.join(ROOT, 'tsconfig.json'),
  })
  return outputFiles[0]?.text ?? ''
}
