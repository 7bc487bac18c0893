import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'
import { freePort } from '@/lib/service/ports'
import { ensureBuilt } from '@/tests/support/built-site'

const ROOT = path.resolve(import.meta.dirname, '../../..')
const NEXT = path.join(ROOT, 'node_modules/next/dist/bin/next')
const START_PATIENCE_MS = 60_000

/** The site's own web process, running. */
export interface Web {
  /** Such as http://localhost:4150: `localhost` is what browsers take for a secure context. */
  origin: string
  /** All that the process has written so far. */
  log(): string
  stop(): Promise<void>
}

/** Starts the real web process on the production build of the sources as they are. */
export async function startWeb(environment: Record<string, string>): Promise<Web> {
  await ensureBuilt()
  const port = await freePort('127.0.0.1')
  const web = spawn(process.execPath, [NEXT, 'start', '--port', String(port), '--hostname', '127.0.0.1'], {
    cwd: ROOT,
    env: { ...process.env, NODE_ENV: 'production', NEXT_TELEMETRY_DISABLED: '1', ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [web.stdout, web.stderr]) stream.setEncoding('utf8').on('data', (text) => (output += text))
  const ended = new Promise<void>((resolve) => web.once('close', () => resolve()))
  const origin = `http://localhost:${port}`
  await untilReady(web, origin, () => output)
  return {
    origin,
    log: () => output,
    async stop() {
      web.kill()
      await ended
    },
  }
}

/** Waits for the line that Next writes when it listens. */
async function untilReady(web: ChildProcess, origin: string, output: () => string): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const patience = setTimeout(() => fail('was not ready in time'), START_PATIENCE_MS)
    const fail = (what: string) => {
      web.kill()
      reject(new Error(`The web process at ${origin} ${what}:\n${output()}`))
    }
    web.once('exit', () => fail('ended'))
    web.stdout?.on('data', () => {
      if (!output().includes('Ready in')) return
      clearTimeout(patience)
      resolve()
    })
  })
}
