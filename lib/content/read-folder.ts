import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'

/** A folder's files: path relative to the folder (forward slashes) to text, sorted by path. */
export type FolderFiles = ReadonlyMap<string, string>

/** What operating systems leave behind in folders that somebody looked at. */
const IGNORED = new Set(['.DS_Store', 'Thumbs.db'])

/** Reads every file below `dir`. Links are not followed, so nothing outside the folder is read. */
export async function readFolder(dir: string): Promise<FolderFiles> {
  const paths = await listFiles(dir, '')
  const texts = await Promise.all(paths.map((file) => readFile(path.join(dir, file), 'utf8')))
  return new Map(paths.map((file, index) => [file, texts[index] ?? '']))
}

async function listFiles(dir: string, below: string): Promise<string[]> {
  const entries = await readdir(path.join(dir, below), { withFileTypes: true })
  const lists = await Promise.all(
    entries.map((entry): string[] | Promise<string[]> => {
      const file = below === '' ? entry.name : `${below}/${entry.name}`
      if (entry.isDirectory()) return listFiles(dir, file)
      return entry.isFile() && !IGNORED.has(entry.name) ? [file] : []
    }),
  )
  return lists.flat().sort()
}
