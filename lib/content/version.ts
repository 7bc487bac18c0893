import { createHash } from 'node:crypto'
import type { FolderFiles } from './read-folder'

/**
 * SHA-256 over a folder's files in order of their paths, as lower-case hex. A verdict names it, so every byte of
 * every file counts; lengths are hashed too, so that no two folders share an encoding.
 */
export function contentVersion(files: FolderFiles): string {
  const hash = createHash('sha256')
  for (const [file, text] of [...files].sort(([a], [b]) => (a < b ? -1 : 1))) {
    hash.update(`${file.length}:${file}:${Buffer.byteLength(text)}:`).update(text)
  }
  return hash.digest('hex')
}
