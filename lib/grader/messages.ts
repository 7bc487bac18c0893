import { z } from 'zod'
import { Limits } from '@/lib/contract/exercise'
import { Verdict } from '@/lib/contract/verdict'

/* Between whoever grades and the sandbox host, a process that he forks. Each side parses what the other sends. */

const Task = z.object({
  exercise: z.object({
    slug: z.string(),
    version: z.string(),
    hiddenTests: z.string(),
    groups: z.record(z.string(), z.object({ points: z.number().int().min(0) })),
    limits: Limits,
    exports: z.array(z.string()).optional(),
  }),
  source: z.string(),
  seed: z.number().int(),
  shuffle: z.boolean().optional(),
})

export const HostRequest = z.discriminatedUnion('type', [
  z.object({ type: z.literal('start'), concurrency: z.number().int().min(1), requiredLayers: z.array(z.string()) }),
  z.object({ type: z.literal('grade'), id: z.number(), task: Task, priority: z.enum(['now', 'idle']) }),
  /** Answered at once, whatever else it does. */
  z.object({ type: z.literal('ping') }),
  z.object({ type: z.literal('close') }),
])
export type HostRequest = z.infer<typeof HostRequest>

export const HostReply = z.discriminatedUnion('type', [
  z.object({ type: z.literal('ready'), runtimeVersion: z.string(), layers: z.record(z.string(), z.boolean()) }),
  /** It cannot grade; the message is a sentence that says why. */
  z.object({ type: z.literal('unable'), message: z.string() }),
  z.object({ type: z.literal('graded'), id: z.number(), verdict: Verdict }),
  z.object({ type: z.literal('pong') }),
])
export type HostReply = z.infer<typeof HostReply>
