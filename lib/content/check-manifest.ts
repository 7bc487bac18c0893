import { type ExerciseManifest, POINTS_BY_DIFFICULTY } from '@/lib/contract/exercise'
import { describeTitles } from './groups'
import type { ContentProblem } from './problem'

/** Rules of exercise.json that look beyond the schema: points, groups, misconceptions. */
export function checkManifest(
  place: string,
  manifest: ExerciseManifest,
  wrongFiles: readonly string[],
  hiddenTests: string,
): ContentProblem[] {
  const file = `${place}/exercise.json`
  return [
    ...checkPoints(file, manifest),
    ...checkGroups(file, manifest, describeTitles(hiddenTests)),
    ...checkMisconceptions(place, manifest, wrongFiles),
  ]
}

function checkPoints(file: string, manifest: ExerciseManifest): ContentProblem[] {
  const total = Object.values(manifest.groups).reduce((sum, group) => sum + group.points, 0)
  const due = POINTS_BY_DIFFICULTY[manifest.difficulty]
  if (total === due) return []
  return [{ file, rule: 'points', message: `groups add up to ${total} points; ${manifest.difficulty} is worth ${due}` }]
}

function checkGroups(file: string, manifest: ExerciseManifest, titles: readonly string[]): ContentProblem[] {
  const named = Object.keys(manifest.groups)
  const message = (title: string, lack: string): ContentProblem => ({
    file,
    rule: 'groups',
    message: `"${title}" ${lack}`,
  })
  return [
    ...named
      .filter((title) => !titles.includes(title))
      .map((title) => message(title, 'is no describe of hidden.test.ts')),
    ...titles.filter((title) => !named.includes(title)).map((title) => message(title, 'has no points in groups')),
    ...titles
      .filter((title, i) => titles.indexOf(title) < i)
      .map((title) => message(title, 'stands twice in hidden.test.ts')),
  ]
}

function checkMisconceptions(
  place: string,
  manifest: ExerciseManifest,
  wrongFiles: readonly string[],
): ContentProblem[] {
  const named = manifest.misconceptions.map((misconception) => misconception.file)
  const problem = (file: string, message: string): ContentProblem => {
    return { file: `${place}/${file}`, rule: 'misconceptions', message }
  }
  return [
    ...named
      .filter((file) => !wrongFiles.includes(file))
      .map((file) => problem('exercise.json', `wrong/${file} is missing`)),
    ...named
      .filter((file, i) => named.indexOf(file) < i)
      .map((file) => problem('exercise.json', `${file} is named twice`)),
    ...wrongFiles
      .filter((file) => !named.includes(file))
      .map((file) => problem(`wrong/${file}`, 'has no misconception')),
    ...manifest.misconceptions
      .filter(({ group }) => !(group in manifest.groups))
      .map(({ file, group }) => problem('exercise.json', `${file} names the group "${group}", which does not exist`)),
  ]
}
