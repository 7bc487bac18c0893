import { read } from 'node:fs'
import { promisify } from 'node:util'
import type { GuestProcess } from './guest-process'

const readDescriptor = promisify(read)

/** A script that says nothing for this long is killed, milliseconds. */
const PATIENCE_MS = 15_000
const MAX_BYTES = 4_096

/** The one line of JSON that a test script writes to standard output; null when it ended without one. */
export async function readReport(guest: GuestProcess): Promise<unknown> {
  const timer = setTimeout(() => guest.kill(), PATIENCE_MS)
  try {
    const buffer = Buffer.alloc(MAX_BYTES)
    let text = ''
    while (!text.includes('\n') && text.length < buffer.length) {
      const { bytesRead } = await readDescriptor(guest.judgeEnds.read, buffer, 0, buffer.length, null)
      if (bytesRead === 0) return null
      text += buffer.toString('utf8', 0, bytesRead)
    }
    return JSON.parse(text)
  } catch {
    return null
  } finally {
    clearTimeout(timer)
  }
}
