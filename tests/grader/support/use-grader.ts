import { afterAll, beforeAll } from 'vitest'
import { createGrader, type Grader, type GraderOptions } from '@/lib/grader'

/** A real grader for all tests of a file. */
export function useGrader(options: GraderOptions = { concurrency: 2 }): Pick<Grader, 'grade' | 'expect' | 'runtimeVersion' | 'layers'> {
  let grader: Grader | null = null
  const started = (): Grader => {
    if (!grader) throw new Error('the grader has not been started')
    return grader
  }
  beforeAll(async () => {
    grader = await createGrader(options)
  })
  afterAll(() => grader?.close())
  return {
    grade: (task) => started().grade(task),
    expect: (exercises) => started().expect(exercises),
    get runtimeVersion() {
      return started().runtimeVersion
    },
    get layers() {
      return started().layers
    },
  }
}
