import { existsSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import path from 'node:path'
import { parseJson } from '@/lib/content/parse-json'
import { readFolder, type FolderFiles } from '@/lib/content/read-folder'
import { contentVersion } from '@/lib/content/version'
import { DEFAULT_LIMITS, ExerciseManifest } from '@/lib/contract/exercise'
import type { GradableExercise } from '..'

const TESTS = 'hidden.test.ts'
const MANIFEST = 'exercise.json'
const WRONG = 'wrong/'

export interface ExerciseFolder {
  exercise: GradableExercise
  /** Whether the folder describes the exercise, and does not only hold hidden tests. */
  isDescribed: boolean
}

/**
 * Reads an exercise from its folder, which needs to hold no more than hidden.test.ts: without exercise.json, limits
 * are the usual ones and each top-level `describe` is a group of one point.
 * @throws Error with one sentence when there is nothing to grade with
 */
export async function readExerciseFolder(folder: string): Promise<ExerciseFolder> {
  const isDescribed = existsSync(path.join(folder, MANIFEST))
  const files = isDescribed ? await readFolder(folder) : await readTestsOnly(folder)
  const hiddenTests = files.get(TESTS)
  if (hiddenTests === undefined) throw new Error(`${folder} holds no ${TESTS}.`)
  const common = { slug: path.basename(path.resolve(folder)), version: contentVersion(files), hiddenTests }
  const rest = isDescribed ? described(folder, files) : { groups: {}, limits: DEFAULT_LIMITS, wrong: {}, misconceptions: [] }
  return { exercise: { ...common, ...rest }, isDescribed }
}

async function readTestsOnly(folder: string): Promise<FolderFiles> {
  const file = path.join(folder, TESTS)
  return new Map(existsSync(file) ? [[TESTS, await readFile(file, 'utf8')]] : [])
}

type Described = Pick<GradableExercise, 'groups' | 'limits' | 'misconceptions' | 'exports' | 'wrong'>

function described(folder: string, files: FolderFiles): Described {
  const { value, problems } = parseJson(MANIFEST, files.get(MANIFEST) ?? '', ExerciseManifest)
  if (value === null) throw new Error(`${folder}/${MANIFEST} is wrong: ${problems.map(({ message }) => message).join('; ')}.`)
  const { groups, limits, misconceptions, exports } = value
  const wrong = [...files].filter(([file]) => file.startsWith(WRONG)).map(([file, source]) => [file.slice(WRONG.length), source])
  return { groups, limits, misconceptions, exports: Object.keys(exports), wrong: Object.fromEntries(wrong) as Record<string, string> }
}
