import { ProblemError } from '@/lib/contract/problem'
import { MAX_SOURCE_BYTES } from '@/lib/contract/submission'

/**
 * Refuses a text that the database would refuse, before anything is stored.
 * @param what names the text in the message, such as "source"
 * @throws ProblemError `source-too-large` with its size, or `bad-request` for a NUL character
 */
export function assertStorable(text: string, what: string): void {
  const bytes = Buffer.byteLength(text)
  if (bytes > MAX_SOURCE_BYTES) {
    throw new ProblemError('source-too-large', `The ${what} has ${inKiB(bytes)} KiB; at most ${inKiB(MAX_SOURCE_BYTES)} `
      + 'KiB are accepted. Shorten it and try again.')
  }
  if (text.includes('\0')) {
    throw new ProblemError('bad-request', `The ${what} contains a NUL character. Remove it and try again.`)
  }
}

/** Rounded up to one decimal, so that what is over the limit never reads as if it were at it. */
function inKiB(bytes: number): number {
  return Math.ceil((bytes / 1024) * 10) / 10
}
