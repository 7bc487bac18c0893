import { execFileSync, spawn } from 'node:child_process'
import { closeSync, constants, mkdtempSync, openSync, readSync, rmSync, writeFileSync, writeSync } from 'node:fs'
import { createRequire } from 'node:module'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { buildSync } from 'esbuild'
import { createFrameChannel } from '@/lib/grader/frames'
import { type GuestLink, linkGuest, type LinkOptions } from '@/lib/runtime/membrane/judge-link'

/* A real guest in a real Deno, without the grader around it: no limits, no pool. */

const ROOT = path.resolve(import.meta.dirname, '../../..')
const folder = mkdtempSync(path.join(tmpdir(), 'handroll-membrane-'))
process.on('exit', () => rmSync(folder, { recursive: true, force: true }))

const script = path.join(folder, 'guest.js')
const { outputFiles } = buildSync({
  entryPoints: [path.join(ROOT, 'lib/grader/guest/main.ts')], bundle: true, write: false, format: 'iife', target: 'es2022',
})
writeFileSync(script, outputFiles[0]?.contents ?? '')

const require = createRequire(import.meta.url)
const deno = path.join(path.dirname(require.resolve(`@deno/${platformName()}/package.json`)), 'deno')

function platformName(): string {
  return process.platform === 'linux' ? `linux-${process.arch}-glibc` : `${process.platform}-${process.arch}`
}

let made = 0

/** The judge's descriptors of the connection to a guest. */
export interface GuestEnds {
  read: number
  write: number
}

/** Starts a guest that waits for its judge. The caller stops it. */
export function spawnGuest(): { ends: GuestEnds; stop: () => void } {
  const [down, up] = [path.join(folder, `${made}.down`), path.join(folder, `${made++}.up`)]
  execFileSync('mkfifo', [down, up])
  // Opened both ways first, so that no open waits for the other end.
  const held = [down, up].map((fifo) => openSync(fifo, constants.O_RDWR | constants.O_NONBLOCK))
  const guestIn = openSync(down, constants.O_RDONLY)
  const judgeIn = openSync(up, constants.O_RDONLY)
  const judgeOut = openSync(down, constants.O_WRONLY)
  const guestOut = openSync(up, constants.O_WRONLY)
  held.forEach(closeSync)
  const child = spawn(deno, ['run', '--no-prompt', '--no-config', '--no-lock', '--no-remote', '--no-npm', script], {
    stdio: [guestIn, guestOut, 'inherit'],
    env: { NO_COLOR: '1', DENO_DIR: '/proc/nope' } as unknown as NodeJS.ProcessEnv,
    detached: true,
  })
  closeSync(guestIn)
  closeSync(guestOut)
  const stop = (): void => {
    child.kill('SIGKILL')
    closeSync(judgeIn)
    closeSync(judgeOut)
  }
  return { ends: { read: judgeIn, write: judgeOut }, stop }
}

/** Starts a guest and links it. The caller closes. */
export function startGuest(options: LinkOptions = {}): { link: GuestLink; stop: () => void } {
  const { ends, stop } = spawnGuest()
  const channel = createFrameChannel({
    read: (into) => readSync(ends.read, into),
    write: (bytes) => writeSync(ends.write, bytes),
  })
  const link = linkGuest(channel, options)
  return {
    link,
    stop: () => {
      link.close()
      stop()
    },
  }
}
