import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import path from 'node:path'

/** Output and JSON results of the suites. */
export const RESULTS_DIR = path.resolve('.handroll/test')

/** A suite that takes longer hangs, unless it is known to take long. */
const PATIENCE_MINUTES = 30
const KEPT_CHARACTERS = 6_000

export interface CommandEnd {
  /** Null when it was killed. */
  code: number | null
  /** The last of what it wrote. */
  tail: string
  durationMs: number
}

const running = new Set<ChildProcess>()

/**
 * Runs a Node script in a process group of its own; what it writes goes to .handroll/test/<name>.log.
 * @param patience minutes after which it is ended
 */
export async function runCommand(name: string, args: readonly string[], patience = PATIENCE_MINUTES): Promise<CommandEnd> {
  const started = Date.now()
  mkdirSync(RESULTS_DIR, { recursive: true })
  const logFile = path.join(RESULTS_DIR, `${name}.log`)
  const log = openSync(logFile, 'w')
  const child = spawn(process.execPath, args, { stdio: ['ignore', log, log], detached: true, env: environment() })
  closeSync(log)
  running.add(child)
  let hangs = false
  const alarm = setTimeout(() => {
    hangs = true
    killGroup(child)
  }, patience * 60_000)
  const code = await new Promise<number | null>((resolve) => child.once('exit', resolve))
  clearTimeout(alarm)
  running.delete(child)
  // Whatever it has left behind would disturb the next suite.
  killGroup(child)
  const tail = readFileSync(logFile, 'utf8').slice(-KEPT_CHARACTERS).trim()
  const note = hangs ? `\nstill running after ${patience} minutes, so it was ended` : ''
  return { code, tail: tail + note, durationMs: Date.now() - started }
}

/** Settings of the person who runs the tests, which must not reach the sites under test. */
const SETTINGS = new RegExp(`^(${[
  'PORT', 'HOST', 'DATABASE_.*', 'HANDROLL_.*', 'EXERCISES_DIR', 'GRADER_.*', 'NEXTAUTH_.*', 'GITHUB_CLIENT_.*',
  'GOOGLE_CLIENT_.*', 'OIDC_.*', 'TRUST_PROXY_.*', 'LOG_LEVEL', 'NODE_ENV', 'FORCE_COLOR',
].join('|')})$`)

function environment(): NodeJS.ProcessEnv {
  const kept = Object.entries(process.env).filter(([name]) => !SETTINGS.test(name))
  return { ...Object.fromEntries(kept), NO_COLOR: '1' } as unknown as NodeJS.ProcessEnv
}

function killGroup({ pid }: ChildProcess): void {
  try {
    if (pid !== undefined) process.kill(-pid, 'SIGKILL')
  } catch {
    // Nobody is left in the group.
  }
}

for (const signal of ['SIGINT', 'SIGTERM'] as const) {
  process.once(signal, () => {
    running.forEach(killGroup)
    process.exit(1)
  })
}
