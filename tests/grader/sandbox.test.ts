import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildGraderBundles } from '@/lib/grader/bundle'
import { FifoStock } from '@/lib/grader/host/fifo-stock'
import { findGuestCommand, guestLimits, type GuestCommand } from '@/lib/grader/host/guest-command'
import { GuestProcess } from '@/lib/grader/host/guest-process'
import { createRunDir, removeRunDir } from '@/lib/grader/host/run-dir'
import { testSandbox } from '@/lib/grader/host/self-test'
import { DEFAULT_LIMITS } from '@/lib/contract/exercise'

/** Row F12: what is missing is found out before anything is graded. */
describe('the self-test of the sandbox', () => {
  const limits = guestLimits(DEFAULT_LIMITS)
  let dir = ''
  let probe = ''
  let command: GuestCommand
  let fifos: FifoStock

  beforeAll(async () => {
    dir = createRunDir()
    probe = (await buildGraderBundles()).probe
    command = findGuestCommand(dir)
    fifos = new FifoStock(dir)
  })
  afterAll(() => removeRunDir(dir))

  const test = (altered: GuestCommand) => {
    return testSandbox(async () => new GuestProcess(await fifos.take(), altered, probe, limits), limits)
  }
  /** The usual command with other arguments. */
  const withArgs = (change: (args: string[]) => string[]): GuestCommand => (script, given) => {
    const line = command(script, given)
    return { ...line, args: change(line.args) }
  }

  it('finds every layer in force', async () => {
    expect(await test(command)).toEqual({ permissions: true, environment: true, memoryLimit: true, processLimits: true })
  })

  it('holds without prlimit as well, through the shell', async () => {
    const shell = findGuestCommand(dir, { prlimit: null })
    expect(shell(probe, limits).file).toBe('/bin/sh')
    expect(await test(shell)).toEqual({ permissions: true, environment: true, memoryLimit: true, processLimits: true })
  })

  it('refuses a guest with permissions', async () => {
    await expect(test(withArgs((args) => args.map((arg) => (arg === '--no-prompt' ? '--allow-read' : arg)))))
      .rejects.toThrow(/^Grading is off, because the sandbox does not hold: code in it can reach files/)
    await expect(test(withArgs((args) => args.map((arg) => (arg === '--no-prompt' ? '--allow-all' : arg)))))
      .rejects.toThrow(/reach files.*environment variables/)
  })

  it('refuses a guest whose memory is not limited', async () => {
    await expect(test(withArgs((args) => args.filter((arg) => !arg.startsWith('--data='))))).rejects.toThrow(/memory/)
  })

  it.each(['--cpu=600', '--core=1', '--nofile=4000'])('refuses a guest with %s', async (limit) => {
    const [flag = ''] = limit.split('=')
    await expect(test(withArgs((args) => args.map((arg) => (arg.startsWith(flag) ? limit : arg)))))
      .rejects.toThrow(/limits on processor time/)
  })

  it('refuses a guest that says nothing', async () => {
    await expect(test(() => ({ file: '/bin/true', args: [] }))).rejects.toThrow(/did not report/)
    await expect(test(() => ({ file: '/nowhere/deno', args: [] }))).rejects.toThrow(/did not report/)
  })
})
