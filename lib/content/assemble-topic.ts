import type { ExercisePage, ExerciseSummary } from '@/lib/contract/catalogue'
import type { Exercise, Topic } from './catalogue'
import type { ExerciseDraft } from './load-exercise'
import type { TopicDraft } from './load-topic'

/** Puts a topic's exercises in order and builds what pages may know of them. */
export function assembleTopic(draft: TopicDraft): Topic {
  const { slug, manifest, note, figures } = draft
  const inOrder = [...draft.exercises].sort((a, b) => {
    return a.manifest.order - b.manifest.order || (a.slug < b.slug ? -1 : 1)
  })
  const exercises = inOrder.map((exercise, index) => assembleExercise(exercise, draft, inOrder[index + 1] ?? null))
  const summary = { slug, ...manifest, exercises: exercises.map((exercise) => exercise.summary) }
  return { slug, manifest, summary, page: { ...summary, note, figures }, exercises }
}

function assembleExercise(draft: ExerciseDraft, topic: TopicDraft, next: ExerciseDraft | null): Exercise {
  const { slug, version, manifest, prompt, hints, files } = draft
  const groups = Object.entries(manifest.groups).map(([title, group]) => ({ title, ...group }))
  const summary: ExerciseSummary = {
    slug,
    topic: topic.slug,
    order: manifest.order,
    title: manifest.title,
    difficulty: manifest.difficulty,
    minutes: manifest.minutes,
    points: groups.reduce((sum, group) => sum + group.points, 0),
    tags: manifest.tags,
  }
  const page: ExercisePage = {
    ...summary,
    topicTitle: topic.manifest.title,
    version,
    prompt,
    starter: files.starter,
    visibleTests: files.visibleTests,
    hints,
    exports: manifest.exports,
    groups,
    limits: manifest.limits,
    next: next?.slug ?? null,
  }
  return { slug, topic: topic.slug, version, manifest, page, summary, files }
}
