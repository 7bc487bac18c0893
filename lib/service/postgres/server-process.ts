import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import type { ServerFiles } from './server-files'
import type { ServerUser } from './server-user'

/** How long the server may take to come up; it may have to recover from a crash first. Milliseconds. */
const START_PATIENCE_MS = 60_000
/** How long it may take to go down before it is told not to clean up. Milliseconds. */
const STOP_PATIENCE_MS = 8_000

/**
 * Starts the server, waits for its end and passes on how it ended. It also stops the server when its own standard
 * input ends: that happens however this process ends, also by `kill -9`, so no server is ever left behind.
 */
const GUARD = `
  exec 3<&0
  "$@" 3<&- &
  server=$!
  trap 'kill -INT $server' TERM INT
  { cat <&3 >/dev/null; kill -INT $server; } 2>/dev/null &
  watch=$!
  wait $server; code=$?
  trap - TERM INT
  kill $watch 2>/dev/null
  exit $code`

/** A server that is up. */
export interface ServerProcess {
  /** Resolves when the server is gone, with the last thing of weight that it said. */
  ended: Promise<string>
  /** Lets running statements go, writes everything to disk and ends the server. */
  stop(): Promise<void>
}

/**
 * Starts Postgres on a cluster and waits until it takes connections, on the loopback address only.
 * @throws Error with what the server says when it does not come up
 */
export async function startServer(
  { postgres, cluster }: Pick<ServerFiles, 'postgres' | 'cluster'>,
  user: ServerUser,
  port: number,
  options: Readonly<Record<string, string>> = {},
): Promise<ServerProcess> {
  const settings = { ...DEFAULT_OPTIONS, ...options }
  const flags = Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  const command = [postgres, '-D', cluster, '-p', String(port), ...flags]
  // A group of its own: Ctrl-C in a terminal must not stop the database before those who use it.
  const guard = spawn('/bin/sh', ['-c', GUARD, 'postgres-guard', ...command], {
    ...user,
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'pipe'],
    env: { NODE_ENV: process.env.NODE_ENV, PATH: process.env.PATH, LC_ALL: 'C' },
  })
  guard.stdin?.on('error', () => {})
  const { ready, ended } = follow(guard)
  const stop = () => stopServer(guard, ended)
  const outcome = await Promise.race([ready, ended, timeout(START_PATIENCE_MS)])
  if (outcome === true) return { ended, stop }
  await stop()
  throw new Error(`The database did not start: ${outcome}`)
}

const DEFAULT_OPTIONS = {
  listen_addresses: '127.0.0.1',
  unix_socket_directories: '',
  max_connections: '200',
  // Whatever learners typed stays out of the log: no statements, no values.
  log_min_messages: 'log',
  log_min_error_statement: 'panic',
  log_checkpoints: 'off',
}

const READY = 'database system is ready to accept connections'

/** Reads the server's log until it ends. */
function follow(guard: ChildProcess): { ready: Promise<true>; ended: Promise<string> } {
  let lastLine = 'it ended without a word'
  let lastWords: string | undefined
  let announce = (_: true): void => {}
  const ready = new Promise<true>((resolve) => (announce = resolve))
  if (guard.stderr) {
    createInterface({ input: guard.stderr }).on('line', (line) => {
      if (line.includes(READY)) announce(true)
      if (line.trim() !== '') lastLine = line
      if (/FATAL|PANIC|HINT|not permitted|error while loading/.test(line)) lastWords = line.replace(/^.*?(FATAL|PANIC): +/, '')
    })
  }
  const ended = new Promise<string>((resolve) => {
    guard.once('error', (error) => resolve(error.message))
    guard.once('close', () => resolve(lastWords ?? lastLine))
  })
  return { ready, ended }
}

async function stopServer(guard: ChildProcess, ended: Promise<string>): Promise<void> {
  if (guard.exitCode !== null || guard.signalCode !== null) return
  guard.stdin?.end()
  const stopped = await Promise.race([ended, timeout(STOP_PATIENCE_MS)])
  if (stopped !== undefined) return
  // The guard leads the group, so this reaches the server; its own processes end with it.
  if (guard.pid) process.kill(-guard.pid, 'SIGKILL')
  await ended
}

function timeout(ms: number): Promise<undefined> {
  return new Promise((resolve) => setTimeout(resolve, ms, undefined).unref())
}
