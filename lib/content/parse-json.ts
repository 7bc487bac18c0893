import type { z } from 'zod'
import type { ContentProblem } from './problem'

export interface Parsed<T> {
  value: T | null
  problems: ContentProblem[]
}

/** Parses a JSON file against a schema; every violation becomes a problem of its own. */
export function parseJson<T>(file: string, text: string, schema: z.ZodType<T>): Parsed<T> {
  let json: unknown
  try {
    json = JSON.parse(text)
  } catch (error) {
    return { value: null, problems: [{ file, rule: 'json-syntax', message: (error as SyntaxError).message }] }
  }
  const result = schema.safeParse(json)
  if (result.success) return { value: result.data, problems: [] }
  return {
    value: null,
    problems: result.error.issues.map((issue) => ({
      file,
      rule: 'schema',
      message: issue.path.length > 0 ? `${issue.path.join('.')}: ${issue.message}` : issue.message,
    })),
  }
}
