import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { createGrader, type Grader } from '@/lib/grader'
import { sweepRunDirs } from '@/lib/grader/host/run-dir'
import { SAMPLE, sampleSolution } from './support/exercise'
import { hostPid } from './support/processes'

/* A sandbox host that is killed, on a machine that has changed since it was started. */

const given = process.env.TMPDIR
const useFolder = (folder: string | undefined): void => {
  if (folder === undefined) delete process.env.TMPDIR
  else process.env.TMPDIR = folder
}

let grader: Grader | undefined
const start = async (): Promise<Grader> => (grader = await createGrader({ concurrency: 1 }))
const gradeOnce = () => grader?.grade({ exercise: SAMPLE, source: sampleSolution(), seed: 1 })
afterEach(async () => {
  useFolder(given)
  await grader?.close()
  sweepRunDirs()
})

describe('a sandbox host that was lost', () => {
  it('is replaced by one with the same layers', async () => {
    const { layers } = await start()
    process.kill(hostPid(), 'SIGKILL')
    expect(await gradeOnce()).toMatchObject({ verdict: 'passed' })
    expect(grader?.layers).toEqual(layers)
  })

  it('is replaced when it is there and gives no sign of life', async () => {
    await start()
    process.kill(hostPid(), 'SIGSTOP')
    expect(await gradeOnce()).toMatchObject({ verdict: 'passed' })
  })

  it('is told of when it cannot be replaced, so that nobody goes on without it', async () => {
    const { lost } = await start()
    useFolder('/nowhere')
    process.kill(hostPid(), 'SIGKILL')
    await expect(gradeOnce()).rejects.toThrow(/nowhere/)
    expect(await lost).toMatch(/^The sandbox was lost and cannot be brought back: .*nowhere/)
  })

  // What takes a layer away here is a folder that only root may enter, so that nobody else can run anything in it.
  it.runIf(process.getuid?.() === 0)('is never replaced by one with fewer layers', async () => {
    const { lost, layers } = await start()
    expect(layers).toMatchObject({ separateUser: true })
    const folder = mkdtempSync(path.join(tmpdir(), 'root-only-'))
    try {
      useFolder(folder)
      process.kill(hostPid(), 'SIGKILL')
      await expect(gradeOnce()).rejects.toThrow(/separateUser/)
      expect(await lost).toContain('separateUser')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })
})
