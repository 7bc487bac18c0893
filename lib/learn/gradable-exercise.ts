import type { Exercise } from '@/lib/content/catalogue'
import type { GradableExercise } from '@/lib/grader'

export type { GradableExercise }

export function toGradable({ slug, version, manifest, files }: Exercise): GradableExercise {
  const { groups, limits, misconceptions } = manifest
  const exports = Object.keys(manifest.exports)
  return { slug, version, hiddenTests: files.hiddenTests, wrong: files.wrong, groups, limits, misconceptions, exports }
}
