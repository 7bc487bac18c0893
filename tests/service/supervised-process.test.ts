import { afterEach, expect, it, vi } from 'vitest'
import { SupervisedProcess } from '@/lib/service/supervised-process'

/* One process that is kept running, where it cannot even be started. */

const node = process.execPath
let supervised: SupervisedProcess | undefined
afterEach(async () => {
  process.execPath = node
  await supervised?.stop()
})

const supervise = (lines: string[]) => {
  supervised = new SupervisedProcess(
    {
      name: 'grader', args: ['-e', 'console.log("here"); setInterval(() => {}, 1000)'], env: { NODE_ENV: 'test' },
      stopPatienceMs: 1_000,
    },
    (line) => lines.push(line),
  )
  return supervised
}

it('is tried again when the system could not start it, until it can', async () => {
  const lines: string[] = []
  process.execPath = '/nowhere/node'
  supervise(lines).start()
  await vi.waitFor(() => expect(lines[0]).toMatch(/^could not be started: .*ENOENT.*; starting it again/))
  process.execPath = node
  await vi.waitFor(() => expect(lines.at(-1)).toBe('here'), { timeout: 30_000 })
})

it('can be stopped while it could not be started', async () => {
  const lines: string[] = []
  process.execPath = '/nowhere/node'
  const unstartable = supervise(lines)
  unstartable.start()
  await vi.waitFor(() => expect(lines).not.toEqual([]))
  await unstartable.stop()
})
