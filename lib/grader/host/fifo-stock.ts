import { execFile } from 'node:child_process'
import { closeSync, constants, openSync, unlinkSync } from 'node:fs'
import path from 'node:path'
import { promisify } from 'node:util'

const run = promisify(execFile)

/** Names that one call of mkfifo makes; it costs a process, so it makes many. */
const BATCH = 64
const LOW = 16

/** The four ends of a two-way connection. Plain descriptors, since the judge reads and writes them blocking. */
export interface FifoPair {
  judge: { read: number; write: number }
  guest: { read: number; write: number }
}

/**
 * A stock of named pipes. A pair is taken off the disk as soon as it is open and is never used again, so nothing that
 * one guest left in it can reach another.
 */
export class FifoStock {
  readonly #dir: string
  readonly #names: string[] = []
  #making: Promise<void> | null = null
  #made = 0
  #closed = false

  constructor(dir: string) {
    this.#dir = dir
  }

  /** Makes the first names. @throws Error with one sentence when the system cannot make named pipes */
  async prepare(): Promise<void> {
    await this.#fill()
  }

  async take(): Promise<FifoPair> {
    while (this.#names.length < 2) await this.#fill()
    const toGuest = open(this.#names.pop() as string)
    const fromGuest = open(this.#names.pop() as string)
    // A failure here is met again, and told, by the next one that finds nothing.
    if (this.#names.length < LOW && !this.#closed) void this.#fill().catch(() => {})
    return {
      judge: { read: fromGuest.read, write: toGuest.write },
      guest: { read: toGuest.read, write: fromGuest.write },
    }
  }

  /** Makes no more; once it resolves, nothing is being written into the folder. */
  async close(): Promise<void> {
    this.#closed = true
    await this.#making?.catch(() => {})
  }

  #fill(): Promise<void> {
    if (this.#closed) return Promise.reject(new Error('Grading is being closed.'))
    this.#making ??= this.#make().finally(() => (this.#making = null))
    return this.#making
  }

  async #make(): Promise<void> {
    const names = Array.from({ length: BATCH }, () => path.join(this.#dir, `pipe-${this.#made++}`))
    try {
      await run('mkfifo', ['-m', '600', ...names])
    } catch (error) {
      const reason = (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'is not installed' : (error as Error).message
      throw new Error(`Grading needs the program mkfifo (GNU coreutils), which ${reason}.`, { cause: error })
    }
    this.#names.push(...names)
  }
}

/** Opens both ends. The one for reading waits for a writer and the other way round, so a third, for both, comes first. */
function open(name: string): { read: number; write: number } {
  const both = openSync(name, constants.O_RDWR | constants.O_NONBLOCK)
  const ends = { read: openSync(name, constants.O_RDONLY), write: openSync(name, constants.O_WRONLY) }
  closeSync(both)
  unlinkSync(name)
  return ends
}

export function closeAll(...descriptors: number[]): void {
  for (const descriptor of descriptors) closeSync(descriptor)
}
