import path from 'node:path'
import type { Run } from '@/lib/content/check/run'
import { layOut, timeCommand } from './time-command'

const CONFIG = path.join(import.meta.dirname, 'plain-vitest.config.ts')
const VITEST = path.resolve('node_modules/vitest/vitest.mjs')

/**
 * What `vitest run` takes on a test file with its solution, from the start of the command to its end: what a learner
 * at home waits for. Milliseconds, one for each round.
 * @throws Error when a test fails, since then something else is measured
 */
export async function benchVitest(name: 'hidden' | 'visible', run: Run, rounds = 7): Promise<number[]> {
  const root = await layOut(name, run)
  return timeCommand([VITEST, 'run', '--root', root, '--config', CONFIG], rounds)
}
