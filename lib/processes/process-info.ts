import { readFileSync, readlinkSync } from 'node:fs'
import os from 'node:os'

/** Whether a process with this id is there and has not ended. One that nobody has buried yet (a zombie) has ended. */
export function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    // EPERM: it exists and belongs to somebody else.
    if (!(error instanceof Error && 'code' in error && error.code === 'EPERM')) return false
  }
  return statFields(pid)?.[0] !== 'Z'
}

/**
 * When a process began, in whatever unit the system counts; null where the system does not tell. With the id it names
 * one process for good, since ids are used again.
 */
export function startMark(pid: number): string | null {
  return statFields(pid)?.[19] ?? null
}

/** The fields of /proc/<pid>/stat from the third on. The second is the program's name in brackets, of any characters. */
function statFields(pid: number): string[] | undefined {
  const stat = readProc(pid, 'stat')
  return stat?.slice(stat.lastIndexOf(')') + 2).split(' ')
}

/** Names the place where process ids mean the same as here: this machine, or this container on it. */
export function processSpace(): string {
  try {
    return `${os.hostname()} ${readlinkSync('/proc/self/ns/pid')}`
  } catch {
    return os.hostname()
  }
}

/** The command line of a process, words separated by spaces; null where the system does not tell. */
export function commandLine(pid: number): string | null {
  return readProc(pid, 'cmdline')?.replaceAll('\0', ' ').trim() ?? null
}

function readProc(pid: number, file: string): string | null {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8')
  } catch {
    return null
  }
}
