import { chmodSync, lstatSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { commandLine, isRunning, startMark } from '@/lib/processes/process-info'

/*
 * The host's folder for FIFOs and for what guests are started from. It has a neutral path, since a guest can see it,
 * and its name carries the host's process id and start, so that what a killed host left behind is found by the next
 * one, even when the id belongs to some other process or thread by then.
 */

const PREFIX = 'handroll-grader-'

/**
 * Makes the folder, and clears away those of hosts that are gone, with their guests. Nobody else can list it; who knows
 * a file's name may read it, as a guest must that is run by another user.
 */
export function createRunDir(): string {
  sweepRunDirs()
  const dir = mkdtempSync(path.join(tmpdir(), `${PREFIX}${process.pid}-${startMark(process.pid) ?? ''}-`))
  chmodSync(dir, 0o711)
  return dir
}

export function removeRunDir(dir: string): void {
  rmSync(dir, { recursive: true, force: true })
}

/** Removes the folders of hosts that are gone, and ends their guests. */
export function sweepRunDirs(): void {
  for (const name of readdirSync(tmpdir())) {
    const dir = path.join(tmpdir(), name)
    const [, pid, mark] = new RegExp(`^${PREFIX}(\\d+)-(\\d*)-`).exec(name) ?? []
    if (!pid || isHost(Number(pid), mark ?? '') || !isOurs(dir)) continue
    killGuestsOf(dir)
    removeRunDir(dir)
  }
}

/** Guests end by themselves when their host is gone, unless their code sleeps or loops for ever. */
function killGuestsOf(dir: string): void {
  for (const pid of processIds()) {
    const command = commandLine(pid) ?? ''
    if (!/\/(guest|probe|escaped)\.js(?: |$)/.test(command) || !command.includes(`${dir}/`)) continue
    try {
      process.kill(-pid, 'SIGKILL')
    } catch {
      // It has just ended.
    }
  }
}

/** None where the system has no /proc: there a guest that sleeps for ever stays until it is killed by hand. */
function processIds(): number[] {
  try {
    return readdirSync('/proc').filter((name) => /^\d+$/.test(name)).map(Number)
  } catch {
    return []
  }
}

function isHost(pid: number, mark: string): boolean {
  return isRunning(pid) && (startMark(pid) ?? '') === mark
}

function isOurs(dir: string): boolean {
  try {
    return lstatSync(dir).uid === process.getuid?.()
  } catch {
    return false
  }
}
