import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { createInterface } from 'node:readline'
import { freePort } from '@/lib/service/ports'
import { readServerSettings, serverUrl } from '@/lib/service/postgres/settings-file'

/** A data folder of its own, which every user may enter. */
export function newDataDir(): string {
  const dataDir = mkdtempSync(path.join(os.tmpdir(), 'handroll-site-'))
  chmodSync(dataDir, 0o755)
  return dataDir
}

/** A command that runs, and what it has printed. */
export class Site {
  readonly lines: string[] = []
  readonly ended: Promise<number | null>
  readonly #waiting = new Set<() => void>()

  constructor(readonly process: ChildProcess, readonly dataDir: string, readonly port: number) {
    for (const output of [process.stdout, process.stderr]) {
      if (output) createInterface({ input: output }).on('line', (line) => this.#take(line))
    }
    this.ended = new Promise((resolve) => process.once('close', (code) => resolve(code)))
    void this.ended.then(() => this.#take('(ended)'))
  }

  /** The first line that matches, from `after` on; fails when the command ends without it. */
  async line(pattern: RegExp, after = 0): Promise<string> {
    for (;;) {
      const found = this.lines.slice(after).find((line) => pattern.test(line))
      if (found !== undefined) return found
      if (this.lines.includes('(ended)')) throw new Error(`ended without ${pattern}:\n${this.lines.join('\n')}`)
      await new Promise<void>((resolve) => this.#waiting.add(resolve))
    }
  }

  /** What the web process answers; null while there is none. */
  async web(): Promise<{ pid: number } | null> {
    const answer = await fetch(`http://127.0.0.1:${this.port}/`).catch(() => null)
    return answer && ((await answer.json()) as { pid: number })
  }

  get databaseUrl(): string {
    const settings = readServerSettings(this.dataDir)
    if (!settings) throw new Error('The site has not made its database yet')
    return serverUrl(settings)
  }

  get databasePid(): number {
    return Number.parseInt(readFileSync(path.join(this.dataDir, 'postgres/postmaster.pid'), 'utf8'), 10)
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | null> {
    this.process.kill(signal)
    return this.ended
  }

  #take(line: string): void {
    this.lines.push(line)
    for (const wake of this.#waiting) wake()
    this.#waiting.clear()
  }
}

export interface StartOptions {
  dataDir?: string
  port?: number
  env?: Record<string, string>
  uid?: number
  gid?: number
}

/** Starts the supervisor with stand-ins for the web process and the grader. */
export async function startSite({ dataDir = newDataDir(), port, env = {}, uid, gid }: StartOptions = {}): Promise<Site> {
  const own = { DATABASE_URL: '', ...process.env, HOST: '127.0.0.1', HANDROLL_DATA: dataDir, ...env }
  const chosen = port ?? (await freePort('127.0.0.1'))
  const script = path.join(import.meta.dirname, 'stub-site.ts')
  const child = spawn(process.execPath, ['--import', 'tsx', script], {
    env: { ...own, DATABASE_URL: env.DATABASE_URL ?? '', PORT: String(chosen) },
    stdio: ['ignore', 'pipe', 'pipe'],
    ...(uid === undefined ? {} : { uid, gid }),
  })
  return new Site(child, dataDir, chosen)
}

/** Every process that was started with this data folder and has not ended, by its command line. */
export function processesOf(dataDir: string): string[] {
  return readdirSync('/proc').flatMap((pid) => {
    if (!/^\d+$/.test(pid) || Number(pid) === process.pid) return []
    const read = (file: string): string => {
      try {
        return readFileSync(`/proc/${pid}/${file}`, 'utf8').replaceAll('\0', ' ')
      } catch {
        return ''
      }
    }
    return `${read('cmdline')} ${read('environ')}`.includes(dataDir) ? [read('cmdline')] : []
  })
}
