import { rmSync } from 'node:fs'
import { afterAll, beforeAll } from 'vitest'
import { freePort } from '@/lib/service/ports'
import type { Site } from '@/tests/http/support/site'
import { Visitor } from '@/tests/http/support/visitor'
import { newDataDir, type Site as Command } from '@/tests/service/support/site'
import { pressCtrlC, startNpm } from './npm-command'

/**
 * Everything that `npm start` starts, on a data folder of its own: web, grader and the Postgres that comes along.
 * @param environment more settings, as a function where they are known only when tests run
 */
export function useWholeSite(environment: Record<string, string> | (() => Record<string, string>) = {}): Site {
  const dataDir = newDataDir()
  let command: Command | undefined
  beforeAll(async () => {
    const settings = typeof environment === 'function' ? environment() : environment
    command = startNpm('start', dataDir, await freePort('127.0.0.1'), settings)
    await command.line(/^Handroll is at /)
    // Graders warm up while pages are served already.
    await command.line(/\bgrading\b/)
  })
  afterAll(async () => {
    if (command) await pressCtrlC(command)
    rmSync(dataDir, { recursive: true, force: true })
  })
  const running = (): Command => {
    if (!command) throw new Error('The site exists only while tests run')
    return command
  }
  const origin = (): string => `http://localhost:${running().port}`
  return {
    get origin() {
      return origin()
    },
    visitor: () => new Visitor(origin()),
    log: () => running().lines.join('\n'),
  }
}
