import { z } from 'zod'
import { GUEST_ENVIRONMENT, type GuestLimits } from './guest-command'
import type { GuestProcess } from './guest-process'
import { environmentOf, limitOf } from './process-facts'
import { readReport } from './read-report'

/** What the hostile script reports (probe/hostile.ts). */
const Refused = z.strictObject({
  read: z.boolean(), write: z.boolean(), environment: z.boolean(), connect: z.boolean(), listen: z.boolean(),
  spawn: z.boolean(), kill: z.boolean(), importFile: z.boolean(), storage: z.boolean(), memory: z.boolean(),
})

/** Layers of the sandbox, and whether each was found in force. */
export type Layers = Record<string, boolean>

/** Bubblewrap tells what it runs in which folder: the root of the jail. */
const WHERE = 'PWD'

/** Without these nothing is graded. */
const REQUIRED: Record<string, string> = {
  permissions: 'code in it can reach files, the network or other processes',
  environment: 'code in it can see environment variables',
  memoryLimit: 'the memory of a process is not limited on this system (RLIMIT_DATA)',
  processLimits: 'the limits on processor time, core files and open files are not set',
}

/**
 * Tries the sandbox: a hostile script is run just as solutions are, and must get nowhere.
 * @param start starts a guest with that script
 * @throws Error with one sentence when the sandbox does not hold; there is no grading then
 */
export async function testSandbox(start: () => Promise<GuestProcess>, limits: GuestLimits): Promise<Layers> {
  const guest = await start()
  let report: unknown
  let layers: Layers
  try {
    report = await readReport(guest)
    layers = judge(report, guest, limits)
  } finally {
    await guest.dispose()
  }
  const broken = Object.keys(REQUIRED).filter((layer) => !layers[layer])
  if (broken.length === 0) return layers
  const silent = report === null ? ` The test script did not report; it wrote: ${guest.stderr.slice(0, 500)}` : ''
  const reasons = broken.map((layer) => REQUIRED[layer]).join('; ')
  throw new Error(`Grading is off, because the sandbox does not hold: ${reasons}.${silent}`)
}

function judge(report: unknown, { scriptPid: pid = 0 }: GuestProcess, { cpuSeconds }: GuestLimits): Layers {
  const parsed = Refused.safeParse(report)
  if (!parsed.success) return {}
  const { memory, environment, ...permissions } = parsed.data
  const names = environmentOf(pid)
  return {
    permissions: Object.values(permissions).every(Boolean),
    environment: environment && (names === null || names.every((name) => name === WHERE || Object.hasOwn(GUEST_ENVIRONMENT, name))),
    memoryLimit: memory,
    processLimits: [
      ['Max cpu time', cpuSeconds],
      ['Max core file size', 0],
      ['Max open files', 64],
    ].every(([name, most]) => {
      const limit = limitOf(pid, String(name))
      return limit !== null && Number(limit.soft) <= Number(most)
    }),
  }
}
