import { spawnSync } from 'node:child_process'

/** Whom the server runs as: Postgres refuses root. Empty for whoever runs this process. */
export interface ServerUser {
  uid?: number
  gid?: number
}

const NAME = 'postgres'

/**
 * The user that the server runs as. For root that is the system's user `postgres`, which is made if there is none.
 * @throws Error with one clear sentence when it cannot be made
 */
export function serverUser(): ServerUser {
  if (process.getuid?.() !== 0) return {}
  const known = lookUp()
  if (known) return known
  const made = spawnSync('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', NAME])
  const user = lookUp()
  if (user) return user
  const reason = made.stderr?.toString().trim() || made.error?.message || 'useradd failed'
  throw new Error(`Postgres does not run as root, and no user could be made for it (${reason}). Start Handroll as an `
    + 'ordinary user, or set DATABASE_URL to a Postgres of your own.')
}

function lookUp(): ServerUser | null {
  const id = (flag: string): number => Number(spawnSync('id', [flag, NAME], { encoding: 'utf8' }).stdout || NaN)
  const [uid, gid] = [id('-u'), id('-g')]
  return Number.isInteger(uid) && Number.isInteger(gid) ? { uid, gid } : null
}
