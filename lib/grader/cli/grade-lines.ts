import { createInterface } from 'node:readline'
import { z } from 'zod'
import type { Verdict } from '@/lib/contract/verdict'
import type { Grader } from '..'
import { gradeRequest, refusal } from './grade-request'

const Id = z.union([z.string(), z.number(), z.null()])
const Line = z.object({ id: Id, exercise: z.string(), solution: z.string(), seed: z.number().int().optional() })

export type LineVerdict = { id: z.infer<typeof Id> } & Verdict

/**
 * Grades one request a line, several at a time, and answers each as soon as its verdict is there. A line that is no
 * request is answered too, with its id where it has one.
 * @param ahead how many lines may be read before their verdicts are there
 */
export async function gradeLines(
  input: NodeJS.ReadableStream,
  grader: Grader,
  answer: (verdict: LineVerdict) => void,
  ahead: number,
): Promise<void> {
  const inHand = new Set<Promise<void>>()
  for await (const line of createInterface({ input, crlfDelay: Infinity })) {
    if (line.trim() === '') continue
    const work = gradeLine(line, grader).then(answer).finally(() => inHand.delete(work))
    inHand.add(work)
    if (inHand.size >= ahead) await Promise.race(inHand)
  }
  await Promise.all(inHand)
}

async function gradeLine(line: string, grader: Grader): Promise<LineVerdict> {
  let json: unknown
  try {
    json = JSON.parse(line)
  } catch {
    return { id: null, ...refusal('This line is not JSON.', grader.runtimeVersion) }
  }
  const parsed = Line.safeParse(json)
  if (parsed.success) return { id: parsed.data.id, ...(await gradeRequest(grader, parsed.data)) }
  const id = z.object({ id: Id }).safeParse(json).data?.id ?? null
  const problems = parsed.error.issues.map((issue) => [issue.path.join('.'), issue.message].filter(Boolean).join(': '))
  return { id, ...refusal(`A line must be {"id", "exercise", "solution"}. ${problems.join('; ')}`, grader.runtimeVersion) }
}
