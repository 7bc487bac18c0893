import { chmodSync, lstatSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'

/*
 * The host's folder for FIFOs and for what guests are started from. It has a neutral path, since a guest can see it,
 * and its name carries the host's process id, so that what a killed host left behind is found by the next one.
 */

const PREFIX = 'handroll-grader-'

/**
 * Makes the folder, and clears away those of hosts that are gone, with their guests. Nobody else can list it; who knows
 * a file's name may read it, as a guest must that is run by another user.
 */
export function createRunDir(): string {
  sweepRunDirs()
  const dir = mkdtempSync(path.join(tmpdir(), `${PREFIX}${process.pid}-`))
  chmodSync(dir, 0o711)
  return dir
}

export function removeRunDir(dir: string): void {
  rmSync(dir, { recursive: true, force: true })
}

function sweepRunDirs(): void {
  for (const name of readdirSync(tmpdir())) {
    const dir = path.join(tmpdir(), name)
    const pid = Number(new RegExp(`^${PREFIX}(\\d+)-`).exec(name)?.[1])
    if (!pid || isAlive(pid) || !isOurs(dir)) continue
    killGuestsOf(dir)
    removeRunDir(dir)
  }
}

/** Guests end by themselves when their host is gone, unless their code sleeps or loops for ever. */
function killGuestsOf(dir: string): void {
  for (const pid of processIds()) {
    if (!/\/(guest|probe|escaped)\.js(?: |$)/.test(commandLine(pid)) || !commandLine(pid).includes(`${dir}/`)) continue
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

function commandLine(pid: number): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
  } catch {
    return ''
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM'
  }
}

function isOurs(dir: string): boolean {
  try {
    return lstatSync(dir).uid === process.getuid?.()
  } catch {
    return false
  }
}
