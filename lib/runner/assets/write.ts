import { randomUUID } from 'node:crypto'
import { mkdir, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import path from 'node:path'
import type { AssetFile } from './files'

/** Makes the folder `name` of `root` hold exactly these files, whose paths begin with that name. */
export async function syncFolder(root: string, name: string, files: readonly AssetFile[]): Promise<void> {
  for (const file of files) await writeIfChanged(path.join(root, file.path), file.content)
  const wanted = new Set(files.map((file) => path.join(root, file.path)))
  for (const entry of await readdir(path.join(root, name), { recursive: true, withFileTypes: true })) {
    const file = path.join(entry.parentPath, entry.name)
    if (entry.isFile() && !wanted.has(file)) await rm(file)
  }
}

/** Never leaves half a file behind, whoever else may be writing the same one. */
export async function writeIfChanged(file: string, content: Uint8Array | string): Promise<void> {
  const present = await readFile(file).catch(() => null)
  if (present?.equals(Buffer.from(content))) return
  await mkdir(path.dirname(file), { recursive: true })
  const partial = `${file}.${randomUUID()}.partial`
  await writeFile(partial, content)
  await rename(partial, file)
}
