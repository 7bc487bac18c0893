import { spawn } from 'node:child_process'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'
import { childEnvironment, type Settings } from './settings'
import { localUrl, siteUrl } from './site-url'

const LOOK_EVERY_MS = 50
/** Links for the first admin work for a day; the next one is printed a little before that. */
const RENEW_EVERY_MS = 24 * 3_600_000 - 60_000

type Print = (line: string) => void

/**
 * Prints, once the site answers, what is wrong with the content, where the site is and, while nobody is admin, the
 * link for the first one. Resolves when `stop` is aborted.
 */
export async function announceSite(settings: Settings, databaseUrl: string, print: Print, stop: AbortSignal): Promise<void> {
  await untilHealthy(settings, stop)
  if (stop.aborted) return
  // Loaded only now: reading the content must not hold the start up.
  const { contentProblemLines } = await import('./content-problems')
  for (const line of await contentProblemLines(settings)) print(line)
  print(`Handroll is at ${siteUrl(settings)}`)
  while (!stop.aborted) {
    await printAdminLink(settings, databaseUrl, print, stop)
    await sleep(RENEW_EVERY_MS, undefined, { signal: stop }).catch(() => {})
  }
}

/** Waits until the web process answers anything at all. */
async function untilHealthy(settings: Settings, stop: AbortSignal): Promise<void> {
  while (!stop.aborted) {
    const answer = await fetch(`${localUrl(settings)}/api/health`, { signal: stop }).catch(() => null)
    await answer?.body?.cancel()
    if (answer) return
    await sleep(LOOK_EVERY_MS)
  }
}

/** A process of its own does it, so that this one, which stays, need not load all that it takes. */
async function printAdminLink(settings: Settings, databaseUrl: string, print: Print, stop: AbortSignal): Promise<void> {
  const script = path.join(import.meta.dirname, 'admin-link.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    env: childEnvironment(settings, databaseUrl),
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    signal: stop,
    killSignal: 'SIGKILL',
  })
  child.once('error', () => {})
  for (const output of [child.stdout, child.stderr]) if (output) createInterface({ input: output }).on('line', print)
  await new Promise((resolve) => child.once('close', resolve))
}
