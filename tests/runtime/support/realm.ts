import { once } from 'node:events'
import { Worker } from 'node:worker_threads'
import { transform } from 'esbuild'
import type { RunReport } from '@/lib/contract/run'
import type { GuestEnds } from '../membrane/guest-process'
import { bundle } from './bundle'

export interface RealmJob {
  files: { name: string; code: string }[]
  solution: string
  /** What stands between tests and solution: nothing, the membrane in one realm, or the one to a guest's process. */
  between: 'nothing' | 'loopback' | GuestEnds
  seed: number
  shuffle: boolean
  testTimeoutMs: number
  details: boolean
  collectOnly: boolean
  /** Whether the solution's marked values are handles. */
  marked: boolean
  /** Ends the run when the test of this name has ended. */
  abortAfter?: string
  /** The solution is gone when the test of this name has ended. */
  dieAfter?: string
}

export interface RealmReply {
  report: RunReport
  started: string[]
  ended: string[]
  /** What was done to marked values. */
  touched: string[]
  /** Whether the host's own clock is back. */
  isClean: boolean
  globals: string[]
}

export interface RunInput extends Partial<Omit<RealmJob, 'files' | 'solution'>> {
  /** TypeScript. */
  tests: string | Record<string, string>
  solution?: string
}

export interface Realm {
  /** Runs tests in this realm, after those that it has run before. */
  run: (input: RunInput) => Promise<RealmReply>
  close: () => Promise<unknown>
}

let script: Promise<string> | undefined

/** Opens a realm with the test runtime in it, as a browser or the judge has one. */
export async function openRealm(): Promise<Realm> {
  script ??= bundle('realm-worker.ts')
  const worker = new Worker(await script, { eval: true, stdout: false, stderr: false })
  const next = async (): Promise<unknown> => ((await once(worker, 'message')) as unknown[])[0]
  await next()
  return {
    async run({ tests, solution = '', ...options }) {
      const files = typeof tests === 'string' ? { 'visible.test.ts': tests } : tests
      const compiled = Object.entries(files).map(async ([name, source]) => ({ name, code: await compile(source) }))
      const job: RealmJob = {
        between: 'nothing',
        seed: 1,
        shuffle: false,
        testTimeoutMs: 5_000,
        details: true,
        collectOnly: false,
        marked: false,
        ...options,
        files: await Promise.all(compiled),
        solution: await compile(solution),
      }
      worker.postMessage(job)
      const reply = (await next()) as RealmReply & { fault?: string }
      if (reply.fault !== undefined) throw new Error(reply.fault)
      return reply
    },
    close: () => worker.terminate(),
  }
}

async function compile(source: string): Promise<string> {
  const tsconfigRaw = { compilerOptions: { alwaysStrict: true } }
  const { code } = await transform(source, { loader: 'ts', format: 'cjs', target: 'es2022', tsconfigRaw })
  return code
}
