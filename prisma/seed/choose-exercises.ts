import type { Catalogue, Exercise } from '@/lib/content/catalogue'

/** Up to `most` exercises in the order of the catalogue, evenly from all of it. */
export function chooseExercises({ topics }: Catalogue, most: number): Exercise[] {
  const all = topics.flatMap(({ exercises }) => exercises)
  if (all.length <= most) return all
  return Array.from({ length: most }, (_, index) => all[Math.floor((index * all.length) / most)]!)
}
