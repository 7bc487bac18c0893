import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { isRunning, startMark } from '@/lib/processes/process-info'

const FILE = 'lock'

/**
 * Makes this process the only one that uses the data folder. A lock whose process is gone, also by `kill -9`, is
 * taken over.
 * @returns a function that gives the folder back
 * @throws Error with one clear sentence when another process uses it, or it cannot be written
 */
export function lockDataDir(dataDir: string): () => void {
  const file = path.join(dataDir, FILE)
  makeFolder(dataDir)
  for (let attempt = 0; attempt < 3; attempt++) {
    try {
      writeFileSync(file, `${process.pid} ${startMark(process.pid) ?? ''}\n`, { flag: 'wx' })
      return () => rmSync(file, { force: true })
    } catch (error) {
      if (!hasCode(error, 'EEXIST')) throw notWritable(dataDir, 'written to', error)
    }
    const owner = readOwner(file)
    if (owner !== null) {
      throw new Error(`The data folder ${dataDir} is in use by another Handroll (process ${owner}). `
        + 'Stop that one first, or set HANDROLL_DATA to another folder.')
    }
    rmSync(file, { force: true })
  }
  throw new Error(`The data folder ${dataDir} is being started by another Handroll at this moment. Try again.`)
}

function makeFolder(dataDir: string): void {
  try {
    mkdirSync(dataDir, { recursive: true })
  } catch (error) {
    throw notWritable(dataDir, 'made', error)
  }
}

function notWritable(dataDir: string, what: string, cause: unknown): Error {
  const reason = cause instanceof Error ? cause.message : String(cause)
  return new Error(`The data folder ${dataDir} cannot be ${what} (${reason}). `
    + 'Set HANDROLL_DATA to a folder that this user can write to.', { cause })
}

/** The process that holds the lock; null when it is gone. */
function readOwner(file: string): number | null {
  try {
    const [pid, mark] = readFileSync(file, 'utf8').trim().split(' ')
    const owner = Number(pid)
    return owner > 0 && isRunning(owner) && (startMark(owner) ?? '') === (mark ?? '') ? owner : null
  } catch (error) {
    if (hasCode(error, 'ENOENT')) return null
    throw error
  }
}

function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code
}
