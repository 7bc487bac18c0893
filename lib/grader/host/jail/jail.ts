import { existsSync, openSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { seccompProgram } from './seccomp'

/*
 * What the operating system puts round a guest, so that a hole in Deno leads nowhere. Each jail is a row of programs,
 * each of which starts the next, and the last of which starts Deno.
 */

/** A way to hold a guest. */
export interface Jail {
  /** For people, what it is made of. */
  name: string
  /** The path under which a file that is handed in is seen inside. */
  seen(file: string): string
  /**
   * @param command what to run, with paths as seen inside
   * @param files all that it needs of this system, besides the C library
   */
  wrap(command: readonly string[], files: readonly string[]): string[]
  /** Descriptors that it wants to be given from 3 on; opened anew for each guest, who takes them along. */
  open(): number[]
}

/** Nothing round the guest: Deno's permissions and the limits on resources are all. */
export const NO_JAIL: Jail = {
  name: 'no jail',
  seen: (file) => file,
  wrap: (command) => [...command],
  open: () => [],
}

/** Names no person's account, and owns nothing. */
const NOBODY = 65_534

const FOLDERS = ['/usr/bin', '/bin', '/usr/sbin', '/sbin']

function find(program: string): string | null {
  return FOLDERS.map((folder) => path.join(folder, program)).find((file) => existsSync(file)) ?? null
}

export interface JailOptions {
  /** Where files that the jail needs may be kept. */
  dir: string
  /** Variables that the guest gets. */
  environment: Readonly<Record<string, string | undefined>>
  /** Whether this process may become another user. */
  isRoot?: boolean
}

/** All jails that could be made of the programs that are installed, strongest first; the last one is none at all. */
export function listJails({ dir, environment, isRoot = process.getuid?.() === 0 }: JailOptions): Jail[] {
  if (process.platform !== 'linux') return [NO_JAIL]
  const [setpriv, bwrap, unshare] = [find('setpriv'), find('bwrap'), find('unshare')]
  const outer = setpriv === null ? [NO_JAIL] : [privileges(setpriv, isRoot), ...(isRoot ? [privileges(setpriv, false)] : [])]
  const program = seccompProgram()
  const inner = [
    ...(bwrap !== null && program ? [bubblewrap(bwrap, environment, writeProgram(dir, program))] : []),
    ...(bwrap !== null ? [bubblewrap(bwrap, environment, null)] : []),
  ]
  return [
    ...outer.flatMap((privileged) => inner.map((jail) => nest(privileged, jail))),
    // Only root may leave the network without a user namespace, and only before he becomes somebody else.
    ...(unshare === null ? [] : outer.map((privileged) => (isRoot ? nest(network(unshare, ['--net']), privileged) : nest(privileged, network(unshare, ['--map-root-user', '--net']))))),
    ...outer,
    ...(setpriv === null ? [] : [NO_JAIL]),
  ]
}

function nest(outer: Jail, inner: Jail): Jail {
  if (outer === NO_JAIL) return inner
  return {
    name: `${outer.name}, ${inner.name}`,
    seen: (file) => outer.seen(inner.seen(file)),
    wrap: (command, files) => outer.wrap(inner.wrap(command, files), files),
    open: () => [...outer.open(), ...inner.open()],
  }
}

/** No program that it starts can have more privileges than it has; as root, it is nobody. */
function privileges(setpriv: string, becomeNobody: boolean): Jail {
  const identity = becomeNobody ? [`--reuid=${NOBODY}`, `--regid=${NOBODY}`, '--clear-groups', '--inh-caps=-all'] : []
  return {
    ...NO_JAIL,
    name: becomeNobody ? 'a user of its own' : 'no new privileges',
    wrap: (command) => [setpriv, '--no-new-privs', ...identity, '--', ...command],
  }
}

function network(unshare: string, flags: readonly string[]): Jail {
  return { ...NO_JAIL, name: 'no network', wrap: (command) => [unshare, ...flags, '--', ...command] }
}

/** Where the C library may be. */
const LIBRARIES = ['/lib', '/lib64', '/usr/lib', '/usr/lib64']

/** A root folder with nothing in it but the C library and what is handed in, and namespaces of its own for all else. */
function bubblewrap(bwrap: string, environment: JailOptions['environment'], program: string | null): Jail {
  const seen = (file: string): string => `/${path.basename(file)}`
  const libraries = LIBRARIES.filter((folder) => existsSync(folder)).flatMap((folder) => ['--ro-bind', folder, folder])
  const variables = Object.entries(environment).flatMap(([name, value]) => ['--setenv', name, value ?? ''])
  return {
    name: program === null ? 'bubblewrap' : 'bubblewrap with a filter of system calls',
    seen,
    wrap: (command, files) => [
      bwrap, '--unshare-all', '--die-with-parent', '--new-session', '--cap-drop', 'ALL', '--hostname', 'sandbox',
      '--clearenv', ...variables, ...libraries, ...files.flatMap((file) => ['--ro-bind', file, seen(file)]),
      '--chdir', '/', '--remount-ro', '/', ...(program === null ? [] : ['--seccomp', '3']), '--', ...command,
    ],
    open: () => (program === null ? [] : [openSync(program, 'r')]),
  }
}

function writeProgram(dir: string, program: Buffer): string {
  const file = path.join(dir, 'system-calls.bpf')
  writeFileSync(file, program)
  return file
}
