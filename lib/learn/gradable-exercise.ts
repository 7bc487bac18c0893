import type { Exercise } from '@/lib/content/catalogue'
import type { ExerciseManifest } from '@/lib/contract/exercise'

/** The parts of an exercise that grading needs. */
export type GradableExercise = Pick<ExerciseManifest, 'groups' | 'limits' | 'misconceptions'> & {
  slug: string
  version: string
  hiddenTests: string
  /** File name in wrong/ to source. */
  wrong: Readonly<Record<string, string>>
}

export function toGradable({ slug, version, manifest, files }: Exercise): GradableExercise {
  const { groups, limits, misconceptions } = manifest
  return { slug, version, hiddenTests: files.hiddenTests, wrong: files.wrong, groups, limits, misconceptions }
}
