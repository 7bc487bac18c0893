import { createHash, randomUUID } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, utimesSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/** What builds are made with. */
export type Esbuild = typeof import('esbuild')

/** The checkout that all of this belongs to. */
export const ROOT = path.resolve(import.meta.dirname, '../..')

/** What a build has made, and from what. */
export interface Built {
  /** File names to their contents. */
  files: Record<string, string>
  /** Sources relative to the root; a change of any makes another build necessary. */
  inputs: readonly string[]
}

/** Bundles that are there. */
export interface KeptBundles {
  /** Names all of their contents. */
  hash: string
  /** Where a bundle lies. */
  file(name: string): string
}

/** Bundles that have not been used for this long belong to no process that still runs. */
const STALE_MS = 14 * 24 * 60 * 60 * 1_000

interface Manifest {
  hash: string
  names: string[]
  /** Sources to the hash of each. */
  inputs: Record<string, string>
}

/**
 * Bundles in a folder below `.handroll`, made anew when a source of theirs has changed. Each build has a folder of its own,
 * so that processes which run on the one before are not disturbed.
 * @param name of the folder
 */
export async function keepBundles(name: string, build: (esbuild: Esbuild) => Promise<Built>): Promise<KeptBundles> {
  const folder = path.join(ROOT, '.handroll', name)
  const known = readManifest(folder)
  const hash = known && isCurrent(folder, known) ? known.hash : store(folder, await withEsbuild(build))
  markUsed(path.join(folder, hash))
  return { hash, file: (file) => path.join(folder, hash, file) }
}

/** Loaded only when there is something to build. Its own process would stay for as long as this one. */
async function withEsbuild<T>(build: (esbuild: Esbuild) => Promise<T>): Promise<T> {
  const esbuild = await import('esbuild')
  try {
    return await build(esbuild)
  } finally {
    await esbuild.stop()
  }
}

function store(folder: string, { files, inputs }: Built): string {
  const hash = sha256(Object.values(files).join('\0')).slice(0, 16)
  mkdirSync(path.join(folder, hash), { recursive: true })
  for (const [name, code] of Object.entries(files)) writeWhole(path.join(folder, hash, name), code)
  const sources = [...new Set(inputs)].filter((input) => existsSync(path.join(ROOT, input))).sort()
  const manifest: Manifest = {
    hash,
    names: Object.keys(files),
    inputs: Object.fromEntries(sources.map((source) => [source, sha256(readFileSync(path.join(ROOT, source)))])),
  }
  writeWhole(manifestFile(folder), JSON.stringify(manifest))
  removeStale(folder)
  return hash
}

function manifestFile(folder: string): string {
  return path.join(folder, 'manifest.json')
}

function readManifest(folder: string): Manifest | null {
  try {
    return JSON.parse(readFileSync(manifestFile(folder), 'utf8')) as Manifest
  } catch {
    return null
  }
}

function isCurrent(folder: string, { hash, names = [], inputs }: Manifest): boolean {
  const bundles = names.map((name) => path.join(folder, hash, name))
  return bundles.length > 0 && bundles.every(existsSync) && Object.entries(inputs).every(([source, known]) => {
    const file = path.join(ROOT, source)
    return existsSync(file) && sha256(readFileSync(file)) === known
  })
}

/** Bundles that nobody has used for long are removed. Those of another user are theirs to keep. */
function markUsed(folder: string): void {
  const now = new Date()
  try {
    utimesSync(folder, now, now)
  } catch {
    // Made by another user.
  }
}

function removeStale(folder: string): void {
  for (const name of readdirSync(folder)) {
    const each = path.join(folder, name)
    if (/^[0-9a-f]{16}$/.test(name) && Date.now() - statSync(each).mtimeMs > STALE_MS) {
      rmSync(each, { recursive: true, force: true })
    }
  }
}

/** Another process may be writing the same at the same time; nobody ever sees half a file. */
export function writeWhole(file: string, text: string): void {
  const draft = `${file}.${randomUUID()}`
  writeFileSync(draft, text)
  renameSync(draft, file)
}

function sha256(data: string | Buffer): string {
  return createHash('sha256').update(data).digest('hex')
}
