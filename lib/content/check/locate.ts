import { existsSync } from 'node:fs'
import path from 'node:path'

export interface Location {
  /** The content folder. */
  dir: string
  /** `topic`, `topic/slug`, or '' for the whole folder. */
  only: string
}

/**
 * What a path on the command line means. Inside the content folder it selects a topic or an exercise; elsewhere the
 * content folder is found from the exercise.json or topic.json that lies in it. Without a path, everything is meant.
 * Null when there is nothing to check there.
 */
export function locate(given: string | undefined, contentDir: string): Location | null {
  if (given === undefined) return { dir: contentDir, only: '' }
  const target = [path.resolve(given), path.resolve(contentDir, given)].find((each) => existsSync(each))
  if (target === undefined) return null
  const relative = path.relative(contentDir, target)
  if (relative === '') return { dir: contentDir, only: '' }
  if (!relative.startsWith('..') && !path.isAbsolute(relative)) {
    return { dir: contentDir, only: relative.split(path.sep).slice(0, 2).join('/') }
  }
  if (existsSync(path.join(target, 'exercise.json'))) {
    const dir = path.dirname(path.dirname(target))
    return { dir, only: path.relative(dir, target).split(path.sep).join('/') }
  }
  if (existsSync(path.join(target, 'topic.json'))) return { dir: path.dirname(target), only: path.basename(target) }
  return { dir: target, only: '' }
}
