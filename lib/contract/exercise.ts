import { z } from 'zod'
import { Localized } from './localized'

/** Points an exercise is worth in all, by difficulty; the groups of an exercise must add up to this. */
export const POINTS_BY_DIFFICULTY = { easy: 10, medium: 20, hard: 40, expert: 80 } as const

export const DIFFICULTIES = ['easy', 'medium', 'hard', 'expert'] as const
export const Difficulty = z.enum(DIFFICULTIES)
export type Difficulty = z.infer<typeof Difficulty>

/** Folder names of topics and exercises; also their URLs. */
export const Slug = z
  .string()
  .max(64)
  .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, 'must be kebab-case: lower-case letters, digits and single hyphens')
export type Slug = z.infer<typeof Slug>

/** What a run may use. Wall time covers loading the solution and every test together. */
export const Limits = z.strictObject({
  wallMs: z.number().int().min(100).max(30_000).default(5_000).describe('Wall time of one grading run, milliseconds'),
  memoryMiB: z.number().int().min(64).max(512).default(128).describe('JavaScript heap of the solution, MiB'),
})
export type Limits = z.infer<typeof Limits>
export const DEFAULT_LIMITS: Limits = Limits.parse({})

/** Time for a single test: one that waits for ever leaves time for others. Milliseconds. */
export function testTimeout({ wallMs }: Limits): number {
  return wallMs / 4
}

export const ExportKind = z.enum(['class', 'function', 'const'])
export type ExportKind = z.infer<typeof ExportKind>

/** One group of hidden tests: a top-level `describe` of hidden.test.ts that carries points. */
export const GroupSpec = z.strictObject({
  points: z.number().int().min(1).describe('Points for passing every test of the group'),
  about: Localized.describe('What the group checks; shown to learners before they solve'),
})
export type GroupSpec = z.infer<typeof GroupSpec>

/** A wrong solution that must be rejected, and the hint for a learner who made the same mistake. */
export const Misconception = z.strictObject({
  file: z.string().regex(/^[a-z0-9-]+\.ts$/).describe('File name in wrong/'),
  group: z.string().min(1).describe('Title of the group that must reject it'),
  hint: Localized.describe('Shown when exactly the tests fail that fail for this wrong solution'),
})
export type Misconception = z.infer<typeof Misconception>

/** exercise.json. Unknown keys are errors. */
export const ExerciseManifest = z.strictObject({
  order: z.number().int().min(1).describe('Place within the topic'),
  title: Localized,
  difficulty: Difficulty,
  minutes: z.number().int().min(5).max(240).describe('Typical time to solve'),
  tags: z.array(Slug).min(1).max(8),
  exports: z.record(z.string().min(1), ExportKind).describe('Names the solution must export, with their kind'),
  groups: z.record(z.string().min(1), GroupSpec).describe('Title of a describe in hidden.test.ts to its points'),
  limits: Limits.prefault({}),
  misconceptions: z.array(Misconception).min(3),
})
export type ExerciseManifest = z.infer<typeof ExerciseManifest>

/** topic.json. Unknown keys are errors. */
export const TopicManifest = z.strictObject({
  order: z.number().int().min(1),
  title: Localized,
  summary: Localized,
})
export type TopicManifest = z.infer<typeof TopicManifest>
