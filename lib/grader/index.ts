import { availableParallelism } from 'node:os'
import type { Verdict } from '@/lib/contract/verdict'
import type { GradableExercise, GradingTask } from './exercise'
import { HostDied, HostProcess } from './host-process'
import { layersInForce } from './host/jail/required-layers'
import type { Priority } from './host/work-queue'
import { Misconceptions } from './misconceptions'
import { ungradedVerdict } from './verdict/make-verdict'

export type { GradableExercise, GradingTask } from './exercise'

export interface GraderOptions {
  /** Solutions that run at the same time. Default: one for each core. */
  concurrency?: number
  /**
   * Whether to find out, while nobody waits, which tests the wrong solutions of exercises fail, so that verdicts can
   * name a learner's misconception. Otherwise only what an earlier grader found out is used. Default false.
   */
  studyMistakes?: boolean
  /** Hardening layers without which nothing is graded (jail/choose-jail.ts); `all` for all. Default none. */
  requiredLayers?: readonly string[]
}

export interface Grader {
  /**
   * Grades one source. Any number may be asked for at once; they wait for their turn.
   * @returns a verdict whatever the source does; `error` where grading itself failed twice
   * @throws Error when the sandbox cannot be brought back after it was lost
   */
  grade(task: Omit<GradingTask, 'exercise'> & { exercise: GradableExercise }): Promise<Verdict>
  /** Tells which exercises will be asked for, so that their wrong solutions can be studied ahead. */
  expect(exercises: readonly GradableExercise[]): void
  close(): Promise<void>
  /** All that a verdict depends on besides the exercise and the source. */
  runtimeVersion: string
  /** Layers of the sandbox, and whether each was found in force. One that is lost is replaced by none with fewer. */
  layers: Record<string, boolean>
  /**
   * Resolves, with the reason, when the sandbox was lost and cannot be brought back. Whoever takes work off a queue
   * should end then: it would take up what others can do, and fail at it.
   */
  lost: Promise<string>
}

/**
 * Starts grading: a separate process with an empty environment, in which everything about a solution happens.
 * @throws Error with one sentence when grading is not possible here; nothing is ever run without the sandbox
 */
export async function createGrader(options: GraderOptions = {}): Promise<Grader> {
  const { concurrency = availableParallelism(), studyMistakes = false, requiredLayers = [] } = options
  let closed = false
  let host = await HostProcess.start({ concurrency, requiredLayers })
  const { runtimeVersion, layers } = host
  let restarting: Promise<HostProcess> | null = null
  let tellLost: (reason: string) => void = () => {}
  const lost = new Promise<string>((resolve) => (tellLost = resolve))

  const restart = async (): Promise<HostProcess> => {
    try {
      return await HostProcess.start({ concurrency, requiredLayers: [...requiredLayers, ...layersInForce(layers)] })
    } catch (error) {
      tellLost(`The sandbox was lost and cannot be brought back: ${(error as Error).message}`)
      throw error
    }
  }

  /** The host, or a new one in the place of one that ended. */
  const current = async (): Promise<HostProcess> => {
    if (closed) throw new Error('The grader is closed.')
    if (!host.dead) return host
    restarting ??= restart().finally(() => (restarting = null))
    host = await restarting
    if (closed) await host.close()
    return host
  }

  const gradeOnHost = async (task: GradingTask, priority: Priority): Promise<Verdict> => {
    for (let left = 1; ; left--) {
      try {
        return await (await current()).grade(task, priority)
      } catch (error) {
        if (!(error instanceof HostDied) || closed) throw error
        if (left === 0) return ungradedVerdict(task, runtimeVersion)
      }
    }
  }

  const misconceptions = new Misconceptions(runtimeVersion, studyMistakes ? (task) => gradeOnHost(task, 'idle') : null)
  return {
    runtimeVersion,
    layers,
    lost,
    async grade(task) {
      const verdict = await gradeOnHost(task, 'now')
      misconceptions.study(task.exercise)
      return { ...verdict, misconception: misconceptions.nameOf(task.exercise, verdict) }
    },
    expect: (exercises) => exercises.forEach((exercise) => misconceptions.study(exercise)),
    async close() {
      closed = true
      await host.close()
    },
  }
}
