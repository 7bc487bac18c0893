import { spawnSync } from 'node:child_process'
import { statSync } from 'node:fs'
import path from 'node:path'

/** Whom the server runs as: Postgres refuses root. Empty for whoever runs this process. */
export interface ServerUser {
  uid?: number
  gid?: number
}

const NAME = 'postgres'

/**
 * The user that the server runs as. For root that is the owner of a cluster which is already in the data folder, as
 * Postgres wants it; else the system's user `postgres`, which is made if there is none.
 * @throws Error with one clear sentence when it cannot be made
 */
export function serverUser(dataDir: string): ServerUser {
  if (process.getuid?.() !== 0) return {}
  const known = ownerOf(path.join(dataDir, 'postgres')) ?? lookUp()
  if (known) return known
  const made = spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', NAME])
  const user = lookUp()
  if (user) return user
  const reason = made.stderr?.toString().trim() || made.error?.message || 'useradd failed'
  throw new Error(`Postgres does not run as root, and no user could be made for it (${reason}). Start Handroll as an `
    + 'ordinary user, or set DATABASE_URL to a Postgres of your own.')
}

function ownerOf(cluster: string): ServerUser | null {
  const { uid = 0, gid = 0 } = statSync(cluster, { throwIfNoEntry: false }) ?? {}
  return uid === 0 ? null : { uid, gid }
}

function lookUp(): ServerUser | null {
  const id = (flag: string): number => Number(spawnSync('id', [flag, NAME], { encoding: 'utf8' }).stdout || NaN)
  const [uid, gid] = [id('-u'), id('-g')]
  return Number.isInteger(uid) && Number.isInteger(gid) ? { uid, gid } : null
}
