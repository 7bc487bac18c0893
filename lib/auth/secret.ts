import { randomBytes } from 'node:crypto'
import { existsSync, linkSync, mkdirSync, readFileSync, unlinkSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { settings } from './settings'

let known: string | undefined

/**
 * The secret behind every session and every cookie of the sign-in: NEXTAUTH_SECRET, else one that is made once and
 * kept in the data folder, readable by its owner alone.
 */
export function sessionSecret(): string {
  known ??= settings().secret ?? storedSecret(dataFolder())
  return known
}

function dataFolder(): string {
  // The path is none of the build's business; without the comment it would take the whole project for a dependency.
  return path.resolve(/* turbopackIgnore: true */ process.env.HANDROLL_DATA ?? '.handroll/data')
}

function storedSecret(folder: string): string {
  const file = path.join(folder, 'session-secret')
  if (!existsSync(file)) {
    mkdirSync(folder, { recursive: true })
    createOnce(file, randomBytes(32).toString('base64url'))
  }
  return readFileSync(file, 'utf8').trim()
}

/** A link appears complete or not at all, so processes that start together agree on one secret. */
function createOnce(file: string, content: string): void {
  const draft = `${file}.${randomBytes(6).toString('hex')}`
  writeFileSync(draft, content, { flag: 'wx', mode: 0o600 })
  try {
    linkSync(draft, file)
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error
  } finally {
    unlinkSync(draft)
  }
}
