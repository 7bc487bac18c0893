import { execFile } from 'node:child_process'
import { mkdirSync, rmSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'
import { writeCase } from '@/lib/content/check/plain/case-folder'
import type { Run } from '@/lib/content/check/run'

const CONFIG = path.join(import.meta.dirname, 'plain-vitest.config.ts')
const VITEST = path.resolve('node_modules/vitest/vitest.mjs')

/**
 * What `vitest run` takes on a test file with its solution, from the start of the command to its end: what a learner
 * at home waits for. Milliseconds, one for each round.
 * @throws Error when a test fails, since then something else is measured
 */
export async function benchVitest(name: 'hidden' | 'visible', run: Run, rounds = 7): Promise<number[]> {
  const root = path.resolve('.handroll/bench', name)
  rmSync(root, { recursive: true, force: true })
  mkdirSync(root, { recursive: true })
  await writeCase(root, 0, run)
  const times: number[] = []
  // The first one also fills the disk's cache, which is nobody's fault.
  for (let round = 0; round <= rounds; round++) {
    const started = performance.now()
    await promisify(execFile)(process.execPath, [VITEST, 'run', '--root', root, '--config', CONFIG])
    if (round > 0) times.push(performance.now() - started)
  }
  return times
}
