import { readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as sleep } from 'node:timers/promises'
import { commandLine, isRunning } from '@/lib/processes/process-info'

/** How long a server that was left behind may take to stop, milliseconds. */
const PATIENCE_MS = 10_000
const LOOK_EVERY_MS = 50

/**
 * Clears what a start that was killed left behind. A server that still runs on the cluster is stopped; a pid file whose
 * number now belongs to some other program is removed, since Postgres would take that for a server. To be called only
 * by the holder of the data folder's lock.
 */
export async function clearLeftBehind(cluster: string): Promise<void> {
  const pidFile = path.join(cluster, 'postmaster.pid')
  const pid = readPid(pidFile)
  if (pid === null || !isRunning(pid)) return
  const command = commandLine(pid)
  if (command !== null && !command.includes(cluster)) return rmSync(pidFile, { force: true })
  process.kill(pid, 'SIGINT')
  const deadline = Date.now() + PATIENCE_MS
  while (isRunning(pid)) {
    if (Date.now() > deadline) throw new Error(`An old database server (process ${pid}) does not stop. End it by hand.`)
    await sleep(LOOK_EVERY_MS)
  }
}

function readPid(pidFile: string): number | null {
  try {
    const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10)
    return pid > 0 ? pid : null
  } catch {
    return null
  }
}
