import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'

/** A command that `npm start` keeps running. */
export interface Command {
  name: string
  /** Arguments of node. */
  args: string[]
  env: NodeJS.ProcessEnv
  /** How long it may take to stop before it is killed, milliseconds. */
  stopPatienceMs: number
}

const FIRST_WAIT_MS = 250
const LONGEST_WAIT_MS = 10_000
/** After this long a process counts as having started well, and its next end is not held against it. Milliseconds. */
const STEADY_MS = 30_000

/** Runs a command for as long as it is wanted: when it ends by itself it is started again, ever more slowly. */
export class SupervisedProcess {
  #child: ChildProcess | undefined
  #restart: NodeJS.Timeout | undefined
  #stopping = false
  #wait = FIRST_WAIT_MS

  /** @param print takes each line that the process writes, and what there is to say about it */
  constructor(
    private readonly command: Command,
    private readonly print: (line: string) => void,
  ) {}

  get pid(): number | undefined {
    return this.#child?.pid
  }

  start(): void {
    const { args, env } = this.command
    const startedAt = Date.now()
    // A group of its own: Ctrl-C in a terminal reaches only the supervisor, which stops its processes in order.
    const child = spawn(process.execPath, args, { env, detached: true, stdio: ['ignore', 'pipe', 'pipe', 'ipc'] })
    this.#child = child
    for (const output of [child.stdout, child.stderr]) {
      if (output) createInterface({ input: output }).on('line', (line) => this.print(line))
    }
    // One that could not be started at all tells of it by `error`, and never exits.
    child.once('error', (error) => {
      if (child.pid === undefined) this.#again(`could not be started: ${error.message}`, startedAt)
    })
    child.once('exit', (code, signal) => {
      this.#killGroup(child)
      this.#again(`ended (${signal ?? `exit code ${code}`})`, startedAt)
    })
  }

  /** Starts it again after a pause, unless it is no longer wanted. */
  #again(reason: string, startedAt: number): void {
    this.#child = undefined
    if (this.#stopping) return
    if (Date.now() - startedAt > STEADY_MS) this.#wait = FIRST_WAIT_MS
    const pause = this.#wait < 1_000 ? '' : ` in ${Math.round(this.#wait / 1_000)} s`
    this.print(`${reason}; starting it again${pause}`)
    this.#restart = setTimeout(() => this.start(), this.#wait)
    this.#wait = Math.min(2 * this.#wait, LONGEST_WAIT_MS)
  }

  /** Asks the process to stop and waits until it has; kills it when it takes too long. Nothing of it stays behind. */
  async stop(): Promise<void> {
    this.#stopping = true
    clearTimeout(this.#restart)
    const child = this.#child
    if (child?.pid === undefined) return
    const ended = new Promise((resolve) => child.once('exit', resolve))
    child.kill('SIGTERM')
    const patience = setTimeout(() => child.kill('SIGKILL'), this.command.stopPatienceMs)
    await ended
    clearTimeout(patience)
  }

  /** Ends what the process itself had started and could not end any more. */
  #killGroup({ pid }: ChildProcess): void {
    try {
      if (pid) process.kill(-pid, 'SIGKILL')
    } catch {
      // The group is empty, as it should be.
    }
  }
}
