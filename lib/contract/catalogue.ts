import { z } from 'zod'
import { Difficulty, ExportKind, Limits, Slug } from './exercise'
import { Localized } from './localized'

/*
 * What pages may know of the content. Hidden tests, reference solutions and wrong solutions have no place in
 * these types, so a page cannot send them by mistake.
 */

export const ExerciseSummary = z.strictObject({
  slug: Slug,
  topic: Slug,
  order: z.number(),
  title: Localized,
  difficulty: Difficulty,
  minutes: z.number(),
  points: z.number(),
  tags: z.array(z.string()),
})
export type ExerciseSummary = z.infer<typeof ExerciseSummary>

export const TopicSummary = z.strictObject({
  slug: Slug,
  order: z.number(),
  title: Localized,
  summary: Localized,
  exercises: z.array(ExerciseSummary),
})
export type TopicSummary = z.infer<typeof TopicSummary>

export const TopicPage = TopicSummary.extend({
  note: Localized,
  /** SVG text of the note's figures, by the path that the note's Markdown writes (`figures/ring.en.svg`). */
  figures: z.record(z.string(), z.string()),
})
export type TopicPage = z.infer<typeof TopicPage>

export const Hint = z.strictObject({ title: z.string(), body: z.string() })
export type Hint = z.infer<typeof Hint>

export const ExercisePage = ExerciseSummary.extend({
  topicTitle: Localized,
  /** Content hash of the exercise's folder. */
  version: z.string(),
  prompt: Localized,
  starter: z.string(),
  visibleTests: z.string(),
  hints: z.strictObject({ en: z.array(Hint), zh: z.array(Hint) }),
  exports: z.record(z.string(), ExportKind),
  groups: z.array(z.strictObject({ title: z.string(), points: z.number(), about: Localized })),
  limits: Limits,
  /** The next exercise of the topic, or null. */
  next: Slug.nullable(),
})
export type ExercisePage = z.infer<typeof ExercisePage>
