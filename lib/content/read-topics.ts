import { readdir } from 'node:fs/promises'
import path from 'node:path'
import { type FolderFiles, readFolder } from './read-folder'

/**
 * The files of every topic folder, by the topic's slug. Folders that begin with a dot, and node_modules, are no
 * topics; files beside the topics (a README, a licence) are the author's own business.
 */
export async function readTopics(dir: string): Promise<Map<string, FolderFiles>> {
  const entries = await readdir(dir, { withFileTypes: true })
  const ignored = (name: string): boolean => name.startsWith('.') || name === 'node_modules'
  const names = entries.filter((entry) => entry.isDirectory() && !ignored(entry.name)).map((entry) => entry.name)
  const read = async (name: string) => [name, await readFolder(path.join(dir, name))] as const
  return new Map(await Promise.all(names.sort().map(read)))
}

/** Slugs of the exercises of a topic folder: its subfolders, but for the figures. */
export function exerciseFolders(files: FolderFiles): string[] {
  const folders = [...files.keys()].filter((file) => file.includes('/')).map((file) => file.split('/')[0] ?? '')
  return [...new Set(folders)].filter((folder) => folder !== 'figures')
}

/** The files below one subfolder, by their path within it. */
export function filesBelow(files: FolderFiles, folder: string): FolderFiles {
  const prefix = `${folder}/`
  const below = [...files].filter(([file]) => file.startsWith(prefix))
  return new Map(below.map(([file, text]) => [file.slice(prefix.length), text]))
}
