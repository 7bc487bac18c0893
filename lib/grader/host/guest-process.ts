import { spawn, type ChildProcess } from 'node:child_process'
import { constants } from 'node:os'
import { closeAll, type FifoPair } from './fifo-stock'
import { GUEST_ENVIRONMENT, type CommandLine, type GuestCommand, type GuestLimits } from './guest-command'
import { innermost, peakRssKb, starvedMs } from './process-facts'

/** How a guest ended: of itself with a code, or by a signal. */
export interface GuestExit {
  code: number | null
  signal: NodeJS.Signals | null
}

/** What a guest has used; null where the system does not tell. */
export interface GuestUsage {
  peakRssKb: number | null
  /** Time it was ready to run and had no processor, milliseconds. */
  starvedMs: number | null
}

/** Of what a guest writes to standard error, the beginning is kept: it tells why the engine gave up. */
const KEPT_STDERR = 16 * 1024
const MAX_STDERR_BYTES = 8 * 1024 * 1024

/** A process that runs learner code once, or waits to. */
export class GuestProcess {
  /** Descriptors on which the judge talks to it; open until `dispose`. */
  readonly judgeEnds: { read: number; write: number }
  /** Resolves once the process is gone and buried. */
  readonly exited: Promise<GuestExit>
  /** Whether it has written more to standard error than it may; it is killed for that. */
  flooded = false
  ended = false
  #stderr = ''
  #stderrBytes = 0
  readonly #process: ChildProcess

  /** @throws where it cannot even be started; nothing is left of it then */
  constructor(pair: FifoPair, command: GuestCommand, script: string, limits: GuestLimits) {
    this.judgeEnds = pair.judge
    try {
      this.#process = startProcess(pair, command(script, limits))
    } catch (error) {
      closeAll(pair.judge.read, pair.judge.write)
      throw error
    }
    this.#process.stderr?.on('data', (chunk: Buffer) => this.#count(chunk))
    this.exited = new Promise((resolve) => {
      const end = (exit: GuestExit): void => {
        this.ended = true
        resolve(exit)
      }
      // Not 'close': standard error may be held open by nobody, or by what the kill has not reached yet.
      this.#process.once('exit', (code, signal) => end(signal ? { code, signal } : passedOn(code)))
      this.#process.once('error', () => end({ code: null, signal: null }))
    })
  }

  /** The first of its processes: the jail's, where there is one. */
  get pid(): number | undefined {
    return this.#process.pid
  }

  /** The process in which the script runs, once it has been started. */
  get scriptPid(): number | undefined {
    return this.pid === undefined ? undefined : innermost(this.pid)
  }

  /** The beginning of what it wrote to standard error. */
  get stderr(): string {
    return this.#stderr
  }

  usage(): GuestUsage {
    const pid = this.ended ? undefined : this.scriptPid
    return pid === undefined ? { peakRssKb: null, starvedMs: null } : { peakRssKb: peakRssKb(pid), starvedMs: starvedMs(pid) }
  }

  /** Ends it at once, whatever it is doing. The judge then reads the end of the connection. */
  kill(): void {
    if (this.pid === undefined || this.ended) return
    try {
      process.kill(-this.pid, 'SIGKILL')
    } catch {
      // It has just ended.
    }
  }

  /** Ends it, waits until it is gone and gives back its descriptors. The judge must be done with them. */
  async dispose(): Promise<GuestExit> {
    this.kill()
    const exit = await this.exited
    this.#process.stderr?.destroy()
    closeAll(this.judgeEnds.read, this.judgeEnds.write)
    return exit
  }

  #count(chunk: Buffer): void {
    this.#stderrBytes += chunk.length
    if (this.#stderr.length < KEPT_STDERR) this.#stderr += chunk.toString('latin1').slice(0, KEPT_STDERR)
    if (this.#stderrBytes <= MAX_STDERR_BYTES) return
    this.flooded = true
    this.kill()
  }
}

/** @throws where there is no process after all: no memory for one, or something that it needs is gone */
function startProcess({ guest }: FifoPair, { file, args, open = () => [] }: CommandLine): ChildProcess {
  const given = [guest.read, guest.write]
  try {
    const extra = open()
    given.push(...extra)
    return spawn(file, args, {
      env: GUEST_ENVIRONMENT,
      cwd: '/',
      // A group of its own, which is killed as a whole.
      detached: true,
      stdio: [guest.read, guest.write, 'pipe', ...extra],
    })
  } finally {
    // The guest has copies of its own now. Were these kept, the judge would never learn that it is gone.
    closeAll(...given)
  }
}

/** Programs that run others tell of a signal that ended those by a code above 128, as shells do. */
const SIGNAL_CODES = 128

function passedOn(code: number | null): GuestExit {
  const names = Object.entries(constants.signals) as [NodeJS.Signals, number][]
  const signal = code === null ? undefined : names.find(([, number]) => number === code - SIGNAL_CODES)?.[0]
  return signal === undefined ? { code, signal: null } : { code: null, signal }
}
