import { createHash } from 'node:crypto'
import { mkdir, readFile, writeFile } from 'node:fs/promises'
import path from 'node:path'
import { readFolder } from '../read-folder'
import { contentVersion } from '../version'
import { REPOSITORY } from './repository'
import type { Subject } from './subject'

/** Whatever may change a result of the check, besides the exercise itself. */
const TOOLS = ['lib/content', 'lib/contract', 'lib/compile', 'lib/runtime', 'lib/grader']

/** Remembers which exercises have passed, by content and tools. Failures are not kept: they are looked at anew. */
export interface CheckCache {
  hasPassed(subject: Subject): Promise<boolean>
  notePassed(subject: Subject): Promise<void>
}

/** A cache in a folder; `scope` names what was checked (the hosts), so that less is never taken for more. */
export async function openCache(folder: string, scope: string): Promise<CheckCache> {
  const tools = await toolVersion(TOOLS)
  const fileOf = ({ place, exercise, independent }: Subject): string => {
    const second = independent === null ? '' : createHash('sha256').update(independent).digest('hex')
    const facts = [tools, scope, place, exercise.version, second].join('\n')
    const key = createHash('sha256').update(facts).digest('hex')
    return path.join(folder, 'passed', key)
  }
  return {
    hasPassed: (subject) =>
      readFile(fileOf(subject)).then(
        () => true,
        () => false,
      ),
    async notePassed(subject) {
      await mkdir(path.join(folder, 'passed'), { recursive: true })
      await writeFile(fileOf(subject), `${subject.place}\n`)
    },
  }
}

/** Changes with what may change a result: the sources in these folders of the repository, the packages, Node. */
export async function toolVersion(folders: readonly string[]): Promise<string> {
  const versions = await Promise.all(
    folders.map(async (tool) => contentVersion(await readFolder(path.join(REPOSITORY, tool)))),
  )
  const lock = await readFile(path.join(REPOSITORY, 'package-lock.json'), 'utf8')
  return createHash('sha256')
    .update([process.version, ...versions, lock].join('\n'))
    .digest('hex')
}
