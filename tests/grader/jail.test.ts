import { copyFileSync } from 'node:fs'
import path from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { DEFAULT_LIMITS } from '@/lib/contract/exercise'
import { createGrader } from '@/lib/grader'
import { buildGraderBundles } from '@/lib/grader/bundle'
import { FifoStock } from '@/lib/grader/host/fifo-stock'
import { findGuestCommand, GUEST_ENVIRONMENT, guestLimits } from '@/lib/grader/host/guest-command'
import { GuestProcess } from '@/lib/grader/host/guest-process'
import { chooseJail, HARDENING, type HardeningLayer } from '@/lib/grader/host/jail/choose-jail'
import { type Jail, listJails, NO_JAIL } from '@/lib/grader/host/jail/jail'
import { missingLayers } from '@/lib/grader/host/jail/required-layers'
import { seccompProgram } from '@/lib/grader/host/jail/seccomp'
import { createRunDir, removeRunDir } from '@/lib/grader/host/run-dir'
import { SAMPLE, sampleSolution } from './support/exercise'
import { useGrader } from './support/use-grader'

/* What the operating system denies to code that has broken out of Deno. */

const NONE = Object.fromEntries(Object.keys(HARDENING).map((layer) => [layer, false]))

/** What a jail whose name has this part must deny. */
const CLAIMS: Record<string, readonly HardeningLayer[]> = {
  'a user of its own': ['separateUser', 'noNewPrivileges', 'processes'],
  'no new privileges': ['noNewPrivileges'],
  'no network': ['noNetwork'],
  bubblewrap: ['noNewPrivileges', 'noNetwork', 'filesystem', 'processes'],
  'with a filter of system calls': ['systemCalls'],
}

describe('jails', () => {
  let dir = ''
  let start: (jail: Jail, args: readonly string[]) => Promise<GuestProcess>

  beforeAll(async () => {
    dir = createRunDir()
    const script = path.join(dir, 'escaped.js')
    copyFileSync((await buildGraderBundles()).escaped, script)
    const fifos = new FifoStock(dir)
    start = async (jail, escaped) => {
      return new GuestProcess(await fifos.take(), findGuestCommand(dir, { jail, escaped }), script, guestLimits(DEFAULT_LIMITS))
    }
  })
  afterAll(() => removeRunDir(dir))

  const jails = (): Jail[] => listJails({ dir, environment: GUEST_ENVIRONMENT })

  it('deny what they are for, each that can be made here', async ({ skip }) => {
    let tried = 0
    for (const jail of jails().filter((each) => each !== NO_JAIL)) {
      const { jail: chosen, layers } = await chooseJail([jail], start)
      // Nothing can be started in it: a machine may forbid user namespaces.
      if (chosen === NO_JAIL) continue
      tried++
      const claims = Object.entries(CLAIMS).filter(([part]) => jail.name.includes(part)).flatMap(([, layers]) => layers)
      expect({ name: jail.name, ...layers }).toMatchObject(Object.fromEntries(claims.map((layer) => [layer, true])))
    }
    skip(tried === 0, 'this machine has none of setpriv, unshare and bubblewrap')
  })

  it('leave everything open where there is none, and that is found out', async () => {
    expect(await chooseJail([NO_JAIL], start)).toEqual({ jail: NO_JAIL, layers: NONE })
  })

  it('are passed over when nothing can be started in them', async () => {
    const broken: Jail = { ...NO_JAIL, name: 'broken', wrap: () => ['/nowhere/jail'] }
    expect(await chooseJail([broken], start)).toEqual({ jail: NO_JAIL, layers: NONE })
    const claiming: Jail = { ...NO_JAIL, name: 'bubblewrap that does nothing' }
    expect((await chooseJail([broken, claiming], start)).layers).toEqual(NONE)
  })

  it('are tried strongest first, and the one that denies most is taken', async () => {
    const [strongest] = jails()
    const { layers } = await chooseJail(jails(), start)
    const alone = await chooseJail(strongest ? [strongest] : [], start)
    const count = (found: object): number => Object.values(found).filter(Boolean).length
    expect(count(layers)).toBeGreaterThanOrEqual(count(alone.layers))
  })
})

describe('the filter of system calls', () => {
  it('is a program of whole instructions that first looks at the architecture', () => {
    const program = seccompProgram('x64')
    expect(program && program.length % 8).toBe(0)
    expect(program?.readUInt16LE(0)).toBe(0x20)
    expect(program?.readUInt32LE(4)).toBe(4)
  })

  it('is not made for processors whose calls have other numbers', () => {
    expect(seccompProgram('arm64')).toBeNull()
  })
})

describe('layers that are required', () => {
  const all = Object.fromEntries(Object.keys(HARDENING).map((layer) => [layer, true])) as Record<HardeningLayer, boolean>

  it('are no matter when they are in force', () => {
    expect(missingLayers([], all)).toBeNull()
    expect(missingLayers(['all'], all)).toBeNull()
    expect(missingLayers(['filesystem'], all)).toBeNull()
  })

  it('are named, with what they need, when they are not', () => {
    const without = { ...all, filesystem: false, noNetwork: false }
    expect(missingLayers(['separateUser'], without)).toBeNull()
    expect(missingLayers(['filesystem'], without)).toMatch(/^Grading is off.* filesystem: .*bubblewrap/)
    expect(missingLayers(['all'], without)).toMatch(/noNetwork: .*; filesystem: /)
  })

  it('must exist', () => {
    expect(missingLayers(['all', 'magic'], all)).toMatch(/^Grading is off.*no hardening layer "magic".*separateUser/)
  })

  it('keep a grader from starting', async () => {
    await expect(createGrader({ concurrency: 1, requiredLayers: ['magic'] })).rejects.toThrow(/no hardening layer "magic"/)
  })
})

describe('a solution in the jail', () => {
  const grader = useGrader({ concurrency: 1 })

  it('is measured by its own process, not by those that hold it', async () => {
    const { stats } = await grader.grade({ exercise: SAMPLE, source: sampleSolution(), seed: 1 })
    // Deno takes some 30 MiB; what starts it, a few at most.
    expect(stats.guestPeakRssKb).toBeGreaterThan(20_000)
  })
})
