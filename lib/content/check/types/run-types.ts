import { fork } from 'node:child_process'
import path from 'node:path'
import type { ContentProblem } from '../../problem'
import type { Subject } from '../subject'
import type { TypesMessage } from './messages'

/** Type-checks all subjects, and what else the compiler can see: exports, and what tests may not do. */
export function runTypes(subjects: readonly Subject[]): Promise<ContentProblem[]> {
  if (subjects.length === 0) return Promise.resolve([])
  return new Promise((resolve, reject) => {
    const child = fork(path.join(import.meta.dirname, 'child.ts'), { execArgv: ['--import', 'tsx'] })
    child.once('message', ({ problems }: TypesMessage) => resolve(problems))
    child.once('error', reject)
    child.once('exit', (code) => reject(new Error(`the type check broke down (exit code ${code})`)))
    child.send({ subjects })
  })
}
