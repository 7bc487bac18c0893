import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, it, vi } from 'vitest'
import { submit } from '@/lib/learn/submit'
import { findSubmission } from '@/lib/learn/submissions'
import { EXERCISE, useContent } from '../db/support/content'
import { newLearner } from '../db/support/people'
import { descendantsOf } from '../grader/support/processes'
import { useDatabase } from '../support/database'

const test = useDatabase()
useContent()

const TIMEOUT = 120_000
const eventually = (check: () => Promise<void>) => vi.waitFor(check, { timeout: TIMEOUT, interval: 50 })

it('a grader whose sandbox cannot be brought back ends, and leaves what waits to others', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'sandbox-lost-'))
  const env = { ...process.env, TMPDIR: folder, GRADER_CONCURRENCY: '1', DATABASE_URL: test.url }
  const grader = spawn(process.execPath, ['lib/service/run-grader.js'], { env, stdio: 'ignore' })
  const ended = once(grader, 'exit')
  try {
    await eventually(async () => expect(await test.db.grader.count()).toBe(1))
    rmSync(folder, { recursive: true })
    const host = descendantsOf(grader.pid ?? 0).find(({ command }) => command.includes('/grader-host.mjs'))
    process.kill(host?.pid ?? 0, 'SIGKILL')
    const { id: userId } = await newLearner()
    const { id } = await submit(userId, { exercise: EXERCISE, source: 'export const add = (a: number) => a' })
    const told = eventually(async () => expect((await findSubmission(userId, id, 'en'))?.verdict).not.toBeNull())
    expect(await Promise.race([ended.then(([code]) => code), told.then(() => 'gave a verdict')])).toBe(1)
    expect(await findSubmission(userId, id, 'en')).toMatchObject({ verdict: null })
    expect(await test.db.grader.count()).toBe(0)
  } finally {
    grader.kill('SIGKILL')
    await ended
    rmSync(folder, { recursive: true, force: true })
  }
}, TIMEOUT)
