import { createHash } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** A file to be served; `path` is relative to public/generated and carries a hash or a version. */
export interface AssetFile {
  path: string
  content: Uint8Array
}

/** Ten hex digits of the content's SHA-256: enough to tell versions of one file apart. */
export function shortHash(content: Uint8Array | string): string {
  return createHash('sha256').update(content).digest('hex').slice(0, 10)
}

/**
 * Folder and version of an installed package. Found by walking up, as Node does: some packages do not let their own
 * package.json be resolved.
 */
export function findPackage(name: string): { folder: string; version: string } {
  for (let at = import.meta.dirname; ; at = path.dirname(at)) {
    const folder = path.join(at, 'node_modules', name)
    const file = path.join(folder, 'package.json')
    if (existsSync(file)) {
      const { version } = JSON.parse(readFileSync(file, 'utf8')) as { version: string }
      return { folder, version }
    }
    if (at === path.dirname(at)) throw new Error(`The package ${name} is not installed; run npm ci.`)
  }
}
