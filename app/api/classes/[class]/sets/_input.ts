import { z } from 'zod'
import { Id } from '@/lib/contract/id'
import type { BodyLimit } from '@/lib/http/body'

export const CLASS_PATH = z.object({ class: Id })
export const SET_PATH = CLASS_PATH.extend({ set: Id })

/** Room for a set with its intro and a hundred exercises. */
export const SETS: BodyLimit = {
  bytes: 64 * 1024, code: 'body-too-large', rule: 'A problem set may have at most 64 KiB',
}

/** Room for a file of exceptions within JSON. */
export const IMPORTS: BodyLimit = {
  bytes: 2 * 1024 * 1024, code: 'body-too-large', rule: 'A file may have at most 2 MiB',
}
