import { existsSync } from 'node:fs'
import path from 'node:path'
import type { Run } from '@/lib/content/check/run'
import { layOut, timeCommand } from './time-command'

const CONFIG = path.join(import.meta.dirname, 'jest/jest.config.mjs')
const JEST = path.resolve('node_modules/jest/bin/jest.js')
const TS_JEST = path.resolve('node_modules/ts-jest')

/**
 * What jest with ts-jest takes on a test file with its solution, from the start of the command to its end, with a warm
 * cache. Milliseconds, one for each round. For test files that import nothing of Handroll's own. Null where they are not
 * installed, which the project does not need otherwise: `npm install --no-save jest ts-jest`.
 * @throws Error when a test fails, since then something else is measured
 */
export async function benchJest(run: Run, rounds = 7): Promise<number[] | null> {
  if (![JEST, TS_JEST].every(existsSync)) return null
  const { NODE_OPTIONS: _, ...environment } = process.env
  return timeCommand([JEST, '--config', CONFIG], rounds, { ...environment, BENCH_ROOT: await layOut('jest', run) })
}
