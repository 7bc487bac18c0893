import { rmSync } from 'node:fs'
import { createServer, type Server } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { z } from 'zod'
import type { GuestProcess } from '../guest-process'
import { statusOf } from '../process-facts'
import { readReport } from '../read-report'
import { type Jail, NO_JAIL } from './jail'

/** Layers that the operating system adds to Deno's permissions and to the limits on resources. */
export const HARDENING = {
  separateUser: 'solutions are run by a user of their own, who owns nothing (needs a grader that is started by root, and setpriv)',
  noNewPrivileges: 'no program that a solution might start gets more privileges (needs setpriv or bubblewrap)',
  noNetwork: 'there is no network round a solution (needs bubblewrap or unshare, and user namespaces)',
  filesystem: 'there are no files round a solution (needs bubblewrap and user namespaces)',
  processes: 'a solution cannot reach other processes (needs bubblewrap, or a grader that is started by root)',
  systemCalls: 'the kernel takes only common calls from a solution (needs bubblewrap, on x86-64)',
} as const

export type HardeningLayer = keyof typeof HARDENING

/** What the script reports (probe/escaped.ts): names of errors, null for what it could do. */
const Outcomes = z.strictObject({
  read: z.string().nullable(), write: z.string().nullable(), spawn: z.string().nullable(),
  connect: z.string().nullable(), listen: z.string().nullable(), kill: z.string().nullable(),
})

export interface ChosenJail {
  jail: Jail
  layers: Record<HardeningLayer, boolean>
}

/**
 * Tries the jails with a script that has every permission Deno can give, as if it had broken out, and takes the one
 * that denies it most.
 * @param jails strongest first
 * @param start starts that script in a jail, with these arguments
 */
export async function chooseJail(
  jails: readonly Jail[],
  start: (jail: Jail, args: readonly string[]) => Promise<GuestProcess>,
): Promise<ChosenJail> {
  const server = await listen()
  let best: ChosenJail = { jail: NO_JAIL, layers: none() }
  try {
    for (const jail of jails) {
      const layers = await tryJail(() => start(jail, [portOf(server), String(process.pid)]))
      if (count(layers) > count(best.layers)) best = { jail, layers }
      if (count(layers) === possible()) break
    }
  } finally {
    server.close()
    rmSync(path.join(tmpdir(), `handroll-probe-${process.pid}`), { force: true })
  }
  return best
}

/** What is in force in a jail; nothing when nothing can be started in it. */
async function tryJail(start: () => Promise<GuestProcess>): Promise<ChosenJail['layers']> {
  const guest = await start()
  try {
    const report = Outcomes.safeParse(await readReport(guest))
    const pid = guest.scriptPid
    if (!report.success || pid === undefined) return none()
    const { read, write, spawn, connect, listen: listening, kill } = report.data
    const uid = Number.parseInt(statusOf(pid, 'Uid') ?? '', 10)
    return {
      separateUser: Number.isInteger(uid) && uid !== process.getuid?.(),
      noNewPrivileges: statusOf(pid, 'NoNewPrivs') === '1',
      noNetwork: connect !== null,
      filesystem: read !== null && write !== null && spawn !== null,
      processes: kill !== null,
      systemCalls: statusOf(pid, 'Seccomp') === '2' && listening === 'PermissionDenied',
    }
  } finally {
    await guest.dispose()
  }
}

function none(): ChosenJail['layers'] {
  return { separateUser: false, noNewPrivileges: false, noNetwork: false, filesystem: false, processes: false, systemCalls: false }
}

function count(layers: ChosenJail['layers']): number {
  return Object.values(layers).filter(Boolean).length
}

/** Only root can run something as somebody else. */
function possible(): number {
  return Object.keys(HARDENING).length - (process.getuid?.() === 0 ? 0 : 1)
}

function listen(): Promise<Server> {
  return new Promise((resolve, reject) => {
    const server = createServer((socket) => socket.destroy())
    server.once('error', reject)
    server.listen(0, '127.0.0.1', () => resolve(server))
  })
}

function portOf(server: Server): string {
  const address = server.address()
  return String(typeof address === 'object' && address !== null ? address.port : 0)
}
