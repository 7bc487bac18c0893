import type { z } from 'zod'
import { firstValue } from '../_session/query'

/**
 * What the address of a page asks of a board. A part that is not right counts as not given: somebody who edits an
 * address gets a board and no error.
 */
export function readQuery<T extends z.ZodObject>(
  schema: T, query: Record<string, string | string[] | undefined>,
): z.infer<T> {
  const parts = Object.entries(schema.shape).flatMap(([name, part]): [string, unknown][] => {
    const value = firstValue(query[name])
    return value !== undefined && (part as z.ZodType).safeParse(value).success ? [[name, value]] : []
  })
  return schema.parse(Object.fromEntries(parts))
}
