import { existsSync, mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { createGrader } from '@/lib/grader'
import { createRunDir, removeRunDir, sweepRunDirs } from '@/lib/grader/host/run-dir'
import { startMark } from '@/lib/processes/process-info'
import { hostPid } from './support/processes'

/** A folder as a host leaves it behind that had this process's id and began at this time. */
const leave = (mark: string): string => mkdtempSync(path.join(tmpdir(), `handroll-grader-${process.pid}-${mark}-`))

describe('the folder of a sandbox host', () => {
  it('is cleared away when its process id belongs to another process by now', () => {
    const left = leave(`${Number(startMark(process.pid)) - 1}`)
    try {
      sweepRunDirs()
      expect(existsSync(left)).toBe(false)
    } finally {
      rmSync(left, { recursive: true, force: true })
    }
  })

  it('stays while its host lives', () => {
    const dir = createRunDir()
    try {
      sweepRunDirs()
      expect(existsSync(dir)).toBe(true)
    } finally {
      removeRunDir(dir)
    }
  })

  it('is removed for a host that does not get to it', async () => {
    const grader = await createGrader({ concurrency: 1 })
    const prefix = `handroll-grader-${hostPid()}-`
    const folders = () => readdirSync(tmpdir()).filter((name) => name.startsWith(prefix))
    expect(folders()).toHaveLength(1)
    process.kill(hostPid(), 'SIGSTOP')
    await grader.close()
    expect(folders()).toEqual([])
  })
})
