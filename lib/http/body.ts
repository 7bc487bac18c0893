import { ProblemError } from '@/lib/contract/problem'
import { MAX_ROSTER_BYTES } from '@/lib/contract/roster'
import { MAX_SOURCE_BYTES } from '@/lib/contract/source'

/** How large a body may be, and what is said of one that is larger. */
export interface BodyLimit {
  bytes: number
  code: 'body-too-large' | 'source-too-large'
  /** What to say; the size is added. */
  rule: string
}

/** Room for any form. */
export const FORM: BodyLimit = { bytes: 16 * 1024, code: 'body-too-large', rule: 'The body may have at most 16 KiB' }

/**
 * Room for the two files of a draft in JSON, whose escapes make them longer. A source that is too large, but not by
 * far, gets through here and is told its exact size afterwards.
 */
export const SOURCES: BodyLimit = {
  bytes: 8 * MAX_SOURCE_BYTES,
  code: 'source-too-large',
  rule: `A source may have at most ${MAX_SOURCE_BYTES / 1024} KiB`,
}

/** Room for a roster in JSON. One that is too large, but not by far, is told so by its schema. */
export const ROSTER: BodyLimit = {
  bytes: 4 * MAX_ROSTER_BYTES,
  code: 'body-too-large',
  rule: `A roster may have at most ${MAX_ROSTER_BYTES / 1024} KiB`,
}

/**
 * Reads a body of JSON, refusing it as soon as it is known to be too large: by its Content-Length before the first
 * byte is read, and while reading when it has none or lies.
 *
 * @throws ProblemError the limit's own code, or `bad-request` when it is not JSON or not said to be
 */
export async function readJson(request: Request, limit: BodyLimit): Promise<unknown> {
  const type = request.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase()
  if (type !== 'application/json') {
    throw new ProblemError('bad-request', 'Send the body as JSON, with "Content-Type: application/json".')
  }
  const text = await readText(request, limit)
  try {
    return JSON.parse(text)
  } catch {
    throw new ProblemError('bad-request', text === '' ? 'The body is empty; send JSON.' : 'The body is not valid JSON.')
  }
}

/**
 * Reads a body of UTF-8 text under the same limit.
 * @throws ProblemError the limit's own code, or `bad-request` when it is not UTF-8
 */
export async function readText(request: Request, limit: BodyLimit): Promise<string> {
  const announced = Number(request.headers.get('content-length') ?? 0)
  if (announced > limit.bytes) throw tooLarge(limit, `has ${Math.ceil(announced / 1024)} KiB`)
  const bytes = await readBytes(request.body, limit)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new ProblemError('bad-request', 'The body is not valid UTF-8.')
  }
}

async function readBytes(body: ReadableStream<Uint8Array> | null, limit: BodyLimit): Promise<Uint8Array> {
  const chunks: Uint8Array[] = []
  let size = 0
  for await (const chunk of chunksOf(body)) {
    size += chunk.byteLength
    if (size > limit.bytes) throw tooLarge(limit, 'is larger')
    chunks.push(chunk)
  }
  return Buffer.concat(chunks)
}

/** Leaving the loop early cancels the stream, so the rest is never read. */
async function* chunksOf(body: ReadableStream<Uint8Array> | null): AsyncGenerator<Uint8Array> {
  const reader = body?.getReader()
  try {
    for (let next = await reader?.read(); next && !next.done; next = await reader?.read()) yield next.value
  } catch {
    throw new ProblemError('bad-request', 'The request ended before its body was complete.')
  } finally {
    await reader?.cancel().catch(() => undefined)
  }
}

function tooLarge({ code, rule }: BodyLimit, size: string): ProblemError {
  return new ProblemError(code, `${rule}; this request ${size}.`)
}
