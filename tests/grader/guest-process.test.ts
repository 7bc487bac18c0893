import { expect, it } from 'vitest'
import { DEFAULT_LIMITS } from '@/lib/contract/exercise'
import { FifoStock } from '@/lib/grader/host/fifo-stock'
import { guestLimits } from '@/lib/grader/host/guest-command'
import { GuestProcess } from '@/lib/grader/host/guest-process'
import { createRunDir, removeRunDir } from '@/lib/grader/host/run-dir'
import { openFiles } from './support/processes'

it('a guest that cannot be started leaves no descriptor behind', async () => {
  const dir = createRunDir()
  try {
    const fifos = new FifoStock(dir)
    await fifos.prepare()
    const limits = guestLimits(DEFAULT_LIMITS)
    const fails = (file: string, open: () => number[]) => async () => {
      return new GuestProcess(await fifos.take(), () => ({ file, args: [], open }), 'guest.js', limits)
    }
    const pipes = () => openFiles(process.pid).filter((name) => name.startsWith(dir))
    await expect(fails('/bin/true', () => { throw new Error('no filter') })()).rejects.toThrow('no filter')
    // What the system refuses before there is a process.
    await expect(fails('/bin/true\0', () => [])()).rejects.toThrow(/null bytes/)
    expect(pipes()).toEqual([])
    await fifos.close()
  } finally {
    removeRunDir(dir)
  }
})
