import { spawnSync } from 'node:child_process'
import { chownSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { ServerFiles } from './server-files'
import type { ServerUser } from './server-user'
import { NAME } from './settings-file'

/** Whether the cluster has been made. */
export function isInitialised(cluster: string): boolean {
  return existsSync(path.join(cluster, 'PG_VERSION'))
}

/**
 * Makes the cluster. It is made beside its place and moved there when complete, so that an interrupted first start
 * leaves nothing half-made behind.
 * @throws Error with what initdb says
 */
export function initialise({ initdb, cluster }: ServerFiles, user: ServerUser, password: string): void {
  const unfinished = `${cluster}.new`
  rmSync(unfinished, { recursive: true, force: true })
  mkdirSync(unfinished, { mode: 0o700 })
  const passwordFile = `${cluster}.password`
  writeFileSync(passwordFile, `${password}\n`, { mode: 0o600 })
  for (const file of [unfinished, passwordFile]) giveTo(user, file)
  try {
    const { status, stderr, error } = spawnSync(initdb, [
      `--pgdata=${unfinished}`,
      `--username=${NAME}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
    ], { ...user, cwd: '/', encoding: 'utf8' })
    if (status !== 0) throw new Error(`The database could not be made: ${stderr?.trim() || error?.message}`)
  } finally {
    rmSync(passwordFile, { force: true })
  }
  renameSync(unfinished, cluster)
}

/**
 * Moves a cluster out of the way whose password is gone, as when the data folder was deleted but its cluster lay
 * elsewhere. Nothing is ever deleted.
 */
export function setAside(cluster: string, now = new Date()): void {
  if (isInitialised(cluster)) renameSync(cluster, `${cluster}.${now.toISOString().replace(/\W/g, '')}`)
}

function giveTo({ uid, gid }: ServerUser, file: string): void {
  if (uid !== undefined && gid !== undefined) chownSync(file, uid, gid)
}
