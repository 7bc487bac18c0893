import { spawn, type ChildProcess } from 'node:child_process'
import path from 'node:path'

/** A grader process that passes everything, on the database of the test. */
export class GraderProcess {
  readonly #child: ChildProcess
  readonly ended: Promise<number | NodeJS.Signals | null>

  constructor() {
    const script = path.join(import.meta.dirname, 'stub-grader.ts')
    this.#child = spawn(process.execPath, ['--import', 'tsx', script], { stdio: ['ignore', 'ignore', 'inherit'] })
    this.ended = new Promise((resolve) => this.#child.once('exit', (code, signal) => resolve(signal ?? code)))
  }

  get pid(): number {
    return this.#child.pid ?? 0
  }

  async stop(signal: NodeJS.Signals = 'SIGTERM'): Promise<number | NodeJS.Signals | null> {
    this.#child.kill(signal)
    return this.ended
  }
}
