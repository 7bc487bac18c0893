import '@/lib/contract/jitless'
import { z } from 'zod'
import { ConsoleLine, RunTest, TestError } from '@/lib/contract/run'

/** What a worker reports, as JSON text. `running` names the test that begins, for the case that it never ends. */
export const WorkerNote = z.discriminatedUnion('type', [
  z.object({ type: z.literal('running'), name: z.string().max(2_000) }),
  z.object({ type: z.literal('test'), test: RunTest }),
  z.object({ type: z.literal('console'), line: ConsoleLine }),
  z.object({ type: z.literal('error'), error: TestError }),
  z.object({ type: z.literal('silenced') }),
  z.object({ type: z.literal('done'), durationMs: z.number() }),
])
export type WorkerNote = z.infer<typeof WorkerNote>

/** Parses what a worker said; null for anything that the harness would not say. */
export function parseNote(text: string): WorkerNote | null {
  try {
    return WorkerNote.safeParse(JSON.parse(text)).data ?? null
  } catch {
    return null
  }
}
