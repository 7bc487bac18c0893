import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { z } from 'zod'
import type { Mutant } from './mutant'

/** A surviving mutant that no test could kill, and why. It is known by its texts, so that it may move. */
export const Justification = z.strictObject({
  mutator: z.string().min(1),
  context: z.string().min(1).describe('The line on which the mutant begins, as --survivors prints it'),
  original: z.string().min(1),
  replacement: z.string(),
  why: z.string().min(20).describe('A sentence: why nobody who calls the solution can tell the mutant from it'),
})
export type Justification = z.infer<typeof Justification>

/** By exercise, `topic/slug`. */
export const Justifications = z.record(z.string().regex(/^[^/]+\/[^/]+$/), z.array(Justification))
export type Justifications = z.infer<typeof Justifications>

/** Reads the file of justifications; one that is not there justifies nothing. @throws when it is not in order */
export async function readJustifications(file: string): Promise<Justifications> {
  if (!existsSync(file)) return {}
  const parsed = Justifications.safeParse(JSON.parse(await readFile(file, 'utf8')))
  if (!parsed.success) throw new Error(`${file}: ${z.prettifyError(parsed.error)}`)
  return parsed.data
}

/** Whether the justification is about this mutant. */
export function isAbout(justification: Justification, mutant: Mutant): boolean {
  return (['mutator', 'context', 'original', 'replacement'] as const).every((key) => justification[key] === mutant[key])
}
