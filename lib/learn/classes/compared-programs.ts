import { createHash } from 'node:crypto'
import { MOST_PAIRS } from '@/lib/contract/similarity'
import type { ComparedSubmission } from '@/lib/db/similar-sources'
import { listSources } from '@/lib/db/submissions'
import { comparePrograms, type Comparison } from '@/lib/similarity/pairs'
import { hashesOf, readProgram, type Program } from '@/lib/similarity/program'
import { catalogue } from '../catalogue'
import { withDatabase } from '../database'
import { pauses } from '../pause'

/** What is compared: submissions for one exercise, first those of the class itself. */
export interface Compared {
  exercise: string
  submissions: readonly ComparedSubmission[]
  /** How many are of the class. */
  present: number
}

/** Comparisons that are kept: whoever looks at one pair after the other compares the class once. */
const KEPT = 8

/** By what was compared, the latest use last. Submissions never change, so neither does what is said of them. */
const kept = new Map<string, Promise<Comparison>>()

/** Compares all, in small steps, so that this process answers others meanwhile. */
export async function compareAll(compared: Compared): Promise<Comparison> {
  const given = await starterOf(compared.exercise)
  const key = keyOf(compared, given)
  const comparison = kept.get(key) ?? compare(compared, given)
  kept.delete(key)
  kept.set(key, comparison)
  for (const oldest of [...kept.keys()].slice(0, -KEPT)) kept.delete(oldest)
  // What failed is tried again by the next who looks.
  comparison.catch(() => kept.delete(key))
  return comparison
}

/** The programs of some submissions with their sources, by submission. */
export async function readPrograms(
  exercise: string, ids: readonly string[],
): Promise<Map<string, { source: string; program: Program }>> {
  const given = hashesOf(await starterOf(exercise))
  const sources = await withDatabase((db) => listSources(db, ids))
  return new Map(ids.map((id) => {
    const source = sources.get(id) ?? ''
    return [id, { source, program: readProgram(source, given) }]
  }))
}

async function compare({ submissions, present }: Compared, starter: string): Promise<Comparison> {
  const given = hashesOf(starter)
  const pause = pauses()
  const sources = await withDatabase((db) => listSources(db, submissions.map(({ id }) => id)))
  const programs: Program[] = []
  for (const { id } of submissions) {
    await pause()
    programs.push(readProgram(sources.get(id) ?? '', given))
  }
  /** Somebody who takes a class again is like their earlier self. */
  const counts = (one: number, other: number): boolean => submissions[one]?.userId !== submissions[other]?.userId
  return comparePrograms(programs, { present, most: MOST_PAIRS, counts, pause })
}

async function starterOf(exercise: string): Promise<string> {
  return (await catalogue()).findExercise(exercise)?.files.starter ?? ''
}

function keyOf({ submissions, present }: Compared, starter: string): string {
  const hash = createHash('sha256').update(`${present}\n${starter}\n`)
  for (const { id } of submissions) hash.update(id)
  return hash.digest('base64')
}
