import { readdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { brotliDecompressSync, gunzipSync } from 'node:zlib'

export interface BuiltFile {
  name: string
  text: string
}

/**
 * Every file of a folder as text, compressed ones unpacked. What cannot hold text is read all the same: a secret in an
 * image is one too.
 */
export function readBuilt(folder: string, skip: RegExp): BuiltFile[] {
  const entries = readdirSync(folder, { recursive: true, withFileTypes: true })
  const names = entries.filter((entry) => entry.isFile()).map((entry) => path.join(entry.parentPath, entry.name))
  return names.filter((name) => !skip.test(name)).map((name) => ({ name, text: unpack(name).toString('utf8') }))
}

function unpack(file: string): Buffer {
  const content = readFileSync(file)
  if (/\.br(\.\w+)?$/.test(file)) return brotliDecompressSync(content)
  return file.endsWith('.gz') ? gunzipSync(content) : content
}
