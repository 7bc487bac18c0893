import { createHash } from 'node:crypto'
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs'
import path from 'node:path'

/*
 * Whether the production build is missing or older than the sources is told by a hash over every file that can end up
 * in it. Reading them all takes some 50 ms.
 */

/** Folders and files that a build is made from. Not tsconfig.json, to which `next build` adds paths of its own. */
const SOURCES = [
  'app', 'lib', 'public', 'prisma/schema.prisma', 'proxy.ts', 'instrumentation.ts', 'next.config.js', 'package.json',
  'package-lock.json', 'postcss.config.mjs',
]
/** What builds themselves write. */
const MADE = new Set(['public/generated', 'lib/db/generated'])

/** Where `next build` writes, relative to the root. */
export function distDir(): string {
  return process.env.NEXT_DIST_DIR || '.next'
}

/** The hash of everything the build of this checkout is made from. */
export function sourceHash(root: string): string {
  const hash = createHash('sha256').update(process.version)
  for (const file of SOURCES.flatMap((source) => listFiles(root, source)).sort()) {
    hash.update(`${file}\0`).update(readFileSync(path.join(root, file))).update('\0')
  }
  return hash.digest('hex')
}

/** Whether the build is there and was made from these sources. */
export function isBuilt(root: string, hash: string): boolean {
  const isCurrent = (file: string): boolean => existsSync(file) && readFileSync(file, 'utf8') === hash
  return stampFiles(root).every(isCurrent) && existsSync(path.join(root, 'public/generated/manifest.json'))
}

/** Notes what the build was made from; called last, so that an interrupted build counts as missing. */
export function stampBuild(root: string, hash: string): void {
  for (const file of stampFiles(root)) {
    mkdirSync(path.dirname(file), { recursive: true })
    writeFileSync(file, hash)
  }
}

/** One beside each thing that is built, so that a folder that was deleted counts as missing. */
function stampFiles(root: string): string[] {
  return [distDir(), '.handroll/build'].map((folder) => path.join(root, folder, 'sources.sha256'))
}

function listFiles(root: string, relative: string): string[] {
  const full = path.join(root, relative)
  if (MADE.has(relative) || !existsSync(full)) return []
  if (!statSync(full).isDirectory()) return [relative]
  const names = readdirSync(full).filter((name) => !name.startsWith('.'))
  return names.flatMap((name) => listFiles(root, `${relative}/${name}`))
}
