import path from 'node:path'
import type { Command } from './supervised-process'
import { childEnvironment, type Settings } from './settings'

/**
 * How long an idle connection of a browser or a proxy is kept, milliseconds. Node's own 5 seconds end it sooner than
 * those who hold it (nginx and most load balancers: 60 seconds), and a request that is just being sent then gets lost.
 */
const KEEP_ALIVE_MS = 75_000

/** How the web process is started: `next start` on the build, or `next dev` without one. */
export function nextCommand(settings: Settings, databaseUrl: string, { dev }: { dev: boolean }): Command {
  const address = ['--hostname', settings.host, '--port', String(settings.port)]
  const mode = dev ? ['dev'] : ['start', '--keepAliveTimeout', String(KEEP_ALIVE_MS)]
  return {
    name: 'web',
    args: [path.join(import.meta.dirname, 'next.js'), ...mode, ...address],
    env: {
      ...childEnvironment(settings, databaseUrl),
      NODE_ENV: dev ? 'development' : 'production',
      NEXT_TELEMETRY_DISABLED: '1',
    },
    // Open event streams keep the server from closing by itself; browsers come back to them.
    stopPatienceMs: 3_000,
  }
}

/**
 * Space for young objects, MiB, of a process that waits most of its time. Node would keep up to 48 MiB that reading all
 * exercises at its start has filled, for good.
 */
const YOUNG_SPACE = '--max-semi-space-size=1'

/** How a grader process is started. */
export function graderCommand(settings: Settings, databaseUrl: string): Command {
  return {
    name: 'grader',
    args: [YOUNG_SPACE, path.join(import.meta.dirname, 'run-grader.js')],
    env: { ...childEnvironment(settings, databaseUrl), NODE_ENV: process.env.NODE_ENV ?? 'production' },
    stopPatienceMs: 8_000,
  }
}
