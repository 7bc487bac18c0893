import { spawnSync } from 'node:child_process'
import { accessSync, constants, existsSync, linkSync, readdirSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { DEFAULT_LIMITS, type Limits } from '@/lib/contract/exercise'
import { type Jail, NO_JAIL } from './jail/jail'

/** What a guest may use; guests that may use the same are interchangeable. */
export interface GuestLimits {
  /** JavaScript heap, MiB. */
  memoryMiB: number
  /** Processor time of all its threads, seconds: for when nobody is left to watch the clock. */
  cpuSeconds: number
}

/** A loop that no watchdog stops ends this long after the wall limit, seconds. */
const CPU_SLACK_SECONDS = 2

/** Exercises with a shorter wall limit than the usual one share their guests with the rest: it is kept by a clock. */
export function guestLimits({ wallMs, memoryMiB }: Limits): GuestLimits {
  return { memoryMiB, cpuSeconds: Math.ceil(Math.max(wallMs, DEFAULT_LIMITS.wallMs) / 1_000) + CPU_SLACK_SECONDS }
}

/**
 * Data segment of a guest with the usual heap, bytes. The engine reserves 512 MiB of it for code, so that some 256 MiB
 * are left for the heap and for everything that no flag of the engine counts: buffers, WebAssembly, other threads.
 */
const DATA_BYTES = 768 * 1024 * 1024
const USUAL_HEAP_MIB = 128
const MAX_OPEN_FILES = 64

const DENO_FLAGS = [
  'run', '--no-prompt', '--no-config', '--no-lock', '--no-npm', '--no-remote', '--cached-only', '--no-code-cache',
]

/**
 * The engine's helpers compile and collect garbage ahead of what is needed. A guest lives for a tenth of a second, beside as
 * many others as there are processors: there, that costs a fifth more processor time than it saves.
 */
const NO_HELPERS = '--single-threaded'

/** All that a guest's environment holds: nowhere to write to, and no colours. */
export const GUEST_ENVIRONMENT = { DENO_DIR: '/proc/nope', NO_COLOR: '1' } as unknown as NodeJS.ProcessEnv

/** How a guest is started. */
export interface CommandLine {
  file: string
  args: string[]
  /** Opens the descriptors that it is to be given from 3 on. The caller closes its own copies. */
  open?: () => number[]
}

/** Builds command lines that run a script under all of the sandbox's limits. */
export type GuestCommand = (script: string, limits: GuestLimits) => CommandLine

export interface GuestCommandOptions {
  /** prlimit, from util-linux; null to set limits through the shell. */
  prlimit?: string | null
  jail?: Jail
  /** Only to try a jail: the script gets every permission that Deno has to give, and these arguments. */
  escaped?: readonly string[]
}

/**
 * Finds what guests are run with: limits, then the jail, then Deno.
 * @param dir neutral folder, which is all that a guest gets to see of this installation
 */
export function findGuestCommand(dir: string, options: GuestCommandOptions = {}): GuestCommand {
  const { prlimit = findPrlimit(), jail = NO_JAIL, escaped } = options
  const deno = neutralPath(denoBinary(), dir)
  return (script, limits) => {
    const engine = `--v8-flags=--max-old-space-size=${limits.memoryMiB},${NO_HELPERS}`
    const flags = escaped ? [...DENO_FLAGS, '--allow-all'] : DENO_FLAGS
    const command = [jail.seen(deno), ...flags, engine, jail.seen(script), ...(escaped ?? [])]
    const jailed = jail.wrap(command, [deno, script])
    const line = prlimit ? limitWithPrlimit(prlimit, jailed, limits) : limitWithShell(jailed, limits)
    return { ...line, open: jail.open }
  }
}

function findPrlimit(): string | null {
  return ['/usr/bin/prlimit', '/bin/prlimit'].find((file) => existsSync(file)) ?? null
}

function dataBytes({ memoryMiB }: GuestLimits): number {
  return DATA_BYTES + Math.max(0, memoryMiB - USUAL_HEAP_MIB) * 1024 * 1024
}

/** A process that handles the signal of the soft limit is killed a second later by the hard one. */
function limitWithPrlimit(file: string, command: string[], limits: GuestLimits): CommandLine {
  const { cpuSeconds } = limits
  const flags = [
    `--data=${dataBytes(limits)}`, '--core=0', `--cpu=${cpuSeconds}:${cpuSeconds + 1}`, `--nofile=${MAX_OPEN_FILES}`,
  ]
  return { file, args: [...flags, ...command] }
}

/** One `ulimit` for each limit: dash ignores a call with several. The chain ends at the first that cannot be set. */
function limitWithShell(command: string[], limits: GuestLimits): CommandLine {
  const { cpuSeconds } = limits
  const variables = Object.entries(GUEST_ENVIRONMENT).map(([name, value]) => `${name}=${value}`)
  const chain = [
    `ulimit -d ${dataBytes(limits) / 1024}`, 'ulimit -c 0', `ulimit -S -t ${cpuSeconds}`,
    `ulimit -H -t ${cpuSeconds + 1}`, `ulimit -n ${MAX_OPEN_FILES}`,
    // A shell adds variables of its own.
    `exec env -i ${variables.join(' ')} "$@"`,
  ]
  return { file: '/bin/sh', args: ['-c', chain.join(' && '), 'sh', ...command] }
}

/** The program itself, not the script that npm puts before it. */
function denoBinary(): string {
  const require = createRequire(import.meta.url)
  const packages = path.join(path.dirname(require.resolve('deno/package.json')), '../@deno')
  const names = existsSync(packages) ? readdirSync(packages) : []
  const found = names.map((name) => path.join(packages, name, 'deno')).find((file) => isRunnable(file))
  if (found) return found
  throw new Error(
    'Grading needs Deno, and its package has no program for this system. Run `npm ci` again with optional packages; '
    + 'on a system with musl (Alpine) there is none, use one with glibc.',
  )
}

function isRunnable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK)
    return true
  } catch {
    return false
  }
}

/** A process can ask for the path of its own program. A second name for the same file tells nothing of this place. */
function neutralPath(program: string, dir: string): string {
  const link = path.join(dir, 'deno')
  try {
    if (!existsSync(link)) linkSync(program, link)
  } catch {
    // Another file system, or not the owner.
    return program
  }
  // Nothing can be started from some systems' folder for temporary files.
  return spawnSync(link, ['--version'], { env: GUEST_ENVIRONMENT, stdio: 'ignore' }).status === 0 ? link : program
}
