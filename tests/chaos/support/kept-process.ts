import { spawn, type ChildProcess } from 'node:child_process'
import { createInterface } from 'node:readline'
import { setTimeout as sleep } from 'node:timers/promises'

/** What a supervisor waits before it starts again what has ended, milliseconds. */
const PAUSE_MS = 250

/** A script of this project that is started again whenever it ends, as `npm start` does. */
export class KeptProcess {
  /** All that it has written, over all its lives. */
  readonly lines: string[] = []
  readonly #script: string
  readonly #args: readonly string[]
  readonly #onLine: (line: string) => void
  #child: ChildProcess | undefined
  #stopping = false
  readonly #done: Promise<void>

  constructor(script: string, args: readonly string[] = [], onLine: (line: string) => void = () => {}) {
    this.#script = script
    this.#args = args
    this.#onLine = onLine
    this.#done = this.#keep()
  }

  get pid(): number {
    return this.#child?.pid ?? 0
  }

  /** Ends it, and it stays ended. */
  async stop(signal: NodeJS.Signals): Promise<void> {
    this.#stopping = true
    this.#child?.kill(signal)
    await this.#done
  }

  async #keep(): Promise<void> {
    while (!this.#stopping) {
      // With a channel, by which it learns when this process is gone.
      const child = spawn(process.execPath, ['--import', 'tsx', this.#script, ...this.#args], {
        stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
      })
      this.#child = child
      for (const output of [child.stdout, child.stderr]) {
        if (output) createInterface({ input: output }).on('line', (line) => this.#take(line))
      }
      await new Promise((resolve) => child.once('exit', resolve))
      if (!this.#stopping) await sleep(PAUSE_MS)
    }
  }

  #take(line: string): void {
    this.lines.push(line)
    this.#onLine(line)
  }
}
