import type { ContentProblem } from './problem'
import type { FolderFiles } from './read-folder'

/** Every required file is there and says something; no file is there that is neither required nor `allowed`. */
export function checkFiles(
  place: string,
  files: FolderFiles,
  required: readonly string[],
  allowed: RegExp,
): ContentProblem[] {
  const missing = required.filter((file) => (files.get(file) ?? '').trim() === '')
  const stray = [...files.keys()].filter((file) => !required.includes(file) && !allowed.test(file))
  return [
    ...missing.map((file): ContentProblem => {
      return { file: `${place}/${file}`, rule: 'file-missing', message: 'is missing or empty' }
    }),
    ...stray.map((file): ContentProblem => {
      return { file: `${place}/${file}`, rule: 'file-stray', message: 'is not part of the format' }
    }),
  ]
}
