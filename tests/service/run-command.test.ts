import { existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it, vi } from 'vitest'
import { runCommand } from '@/lib/service/run-command'
import type { Command } from '@/lib/service/supervised-process'

/* What `npm run web` does with the one process that it starts. */

const command = (script: string): Command => ({
  name: 'web', args: ['-e', script], env: { NODE_ENV: 'test' }, stopPatienceMs: 300,
})
/** Says that it is there by a file, since its output is that of the tests. */
const told = (file: string) => `require('node:fs').writeFileSync(${JSON.stringify(file)}, '')`

it('ends with the exit code of the command', async () => {
  expect(await runCommand(command('process.exit(3)'), new AbortController().signal)).toBe(3)
  expect(await runCommand(command('process.kill(process.pid, "SIGKILL")'), new AbortController().signal)).toBe(1)
})

it('stops a command that does not stop of itself', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'run-command-'))
  const stop = new AbortController()
  try {
    const ready = path.join(folder, 'ready')
    const script = `process.on('SIGTERM', () => {}); setInterval(() => {}, 1000); ${told(ready)}`
    const ended = runCommand(command(script), stop.signal)
    await vi.waitFor(() => expect(existsSync(ready)).toBe(true), { timeout: 30_000 })
    stop.abort()
    expect(await ended).toBe(0)
  } finally {
    rmSync(folder, { recursive: true })
  }
})
