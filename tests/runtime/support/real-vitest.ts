import { fork } from 'node:child_process'
import path from 'node:path'

export interface RealJob {
  files: string[]
  /** Shuffles the tests, unless null. */
  seed: number | null
}

export interface RealResult {
  file: string
  tests: { name: string; state: string; messages: string[]; diffs: (string | null)[] }[]
  errors: string[]
}

export const BODIES = path.resolve(import.meta.dirname, '../bodies')

/** Runs files of the folder `bodies` in the real Vitest. */
export function runRealVitest(names: readonly string[], seed: number | null = null): Promise<RealResult[]> {
  return new Promise((resolve, reject) => {
    // Without this process's own Vitest in the environment.
    const env = { PATH: process.env.PATH, HOME: process.env.HOME, NODE_ENV: 'test' as const, NO_COLOR: '1' }
    const script = path.join(import.meta.dirname, 'real-vitest-child.ts')
    const child = fork(script, { execArgv: ['--import', 'tsx'], env, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] })
    child.once('message', (results) => resolve(results as RealResult[]))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the real Vitest ended with ${code}`)))
    const job: RealJob = { files: names.map((name) => path.join(BODIES, name)), seed }
    child.send(job)
  })
}
